'use client'

/** The last resort: the shell itself broke, so nothing of it is used here. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main>
          <h1>Oriel could not draw this page</h1>
          <p>Try again; if it stays, look into the log of the server{error.digest ? ` for ${error.digest}` : ''}.</p>
          <button type="button" onClick={reset}>
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}

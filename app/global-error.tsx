'use client'

/** The last resort: the shell itself broke, so nothing of it is used here. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body className="bg-canvas text-fg">
        <main className="mx-auto mt-[20vh] flex max-w-md flex-col items-center gap-3 p-4 text-center">
          <h1 className="text-lg font-semibold">Oriel could not draw this page</h1>
          <p>Try again; if it stays, look into the log of the server{error.digest ? ` for ${error.digest}` : ''}.</p>
          <button
            type="button"
            className="rounded-md border border-line bg-raised px-3 py-1.5"
            onClick={() => location.reload()}
          >
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}

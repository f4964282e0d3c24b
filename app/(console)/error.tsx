'use client'

import { ErrorState } from '@/components/shell/error-state'

/** A page that broke; the shell around it stays alive. */
export default function ConsoleError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main id="page" className="flex-1 overflow-auto">
      <ErrorState error={error} onRetry={reset} />
    </main>
  )
}

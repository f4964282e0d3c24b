'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { useFrozenToken } from '../url-state'
import { CopyButton } from '../ui/copy-button'
import { Dialog } from '../ui/dialog'
import { ExportPart } from './export-part'
import { LinkForm } from './link-form'
import { useShown } from './use-shown'

type Props = {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  asOf: number | null
  timeless: boolean
}

/** Everything by which a view leaves the console: its address, a short link, a file. */
export function ShareDialog({ open, onOpenChange, title, asOf, timeless }: Props) {
  const shown = useShown(title, asOf, timeless)
  const frozen = useFrozenToken()
  const path = usePathname()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Share this view">
      <div className="flex min-h-0 flex-col overflow-auto">
        {frozen !== null ? (
          <section className="flex flex-wrap items-center justify-between gap-2 p-4">
            <p className="text-fg-2">This is a frozen view. Its address shows the same to whoever has it.</p>
            <CopyButton text={`${location.origin}/l/${frozen}`} label="Copy address" />
          </section>
        ) : (
          <LinkForm key={String(open)} shown={shown} />
        )}
        {path === '/' && <ExportPart />}
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2.5 text-xs text-fg-2">
          <button
            type="button"
            onClick={() => {
              onOpenChange(false)
              // The dialog has to be gone first.
              setTimeout(() => print(), 300)
            }}
            className="inline-flex h-6 items-center text-accent hover:underline"
          >
            Print or save as PDF
          </button>
          <Link
            href="/links"
            onClick={() => onOpenChange(false)}
            className="inline-flex h-6 items-center text-accent hover:underline"
          >
            All shared links
          </Link>
          <span className="ml-auto text-fg-3">Copy the long address: press c</span>
        </div>
      </div>
    </Dialog>
  )
}

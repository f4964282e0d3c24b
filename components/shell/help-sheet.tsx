'use client'

import { Dialog } from '../ui/dialog'
import { Kbd } from '../ui/kbd'
import { SHORTCUTS } from './shortcuts'
import { setSingleKeys, useSingleKeys } from './use-shortcuts'

const groups = [...new Set(SHORTCUTS.map((shortcut) => shortcut.group))]

/** All shortcuts, and the switch that turns single keys off. */
export function HelpSheet({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const on = useSingleKeys()
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by itself, so it must be reached by keyboard */}
      <section tabIndex={0} aria-label="Shortcuts" className="grid gap-x-8 gap-y-4 overflow-auto p-4 sm:grid-cols-2">
        {groups.map((group) => (
          <section key={group}>
            <h2 className="pb-1 text-2xs text-fg-3">{group}</h2>
            <dl>
              {group === 'Anywhere' && <Row label="Command menu" keys="⌘K or Ctrl K" />}
              {SHORTCUTS.filter((shortcut) => shortcut.group === group).map((shortcut) => (
                <Row key={shortcut.id} label={shortcut.label} keys={shortcut.keys} />
              ))}
            </dl>
          </section>
        ))}
      </section>
      <label className="flex min-h-10 items-center gap-2 border-t border-line px-4">
        <input
          type="checkbox"
          className="size-4 accent-(--accent)"
          checked={on}
          onChange={(event) => setSingleKeys(event.target.checked)}
        />
        Single keys do something on this device
      </label>
    </Dialog>
  )
}

const Row = ({ label, keys }: { label: string; keys: string }) => (
  <div className="flex h-7 items-center justify-between gap-4">
    <dt className="text-fg-2">{label}</dt>
    <dd>
      <Kbd>{keys}</Kbd>
    </dd>
  </div>
)

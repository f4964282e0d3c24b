'use client'

/* oxlint-disable jsx-a11y/prefer-tag-over-role -- a listbox of one's own: a select cannot be filtered from a field that keeps focus */
import { useDeferredValue, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { plural } from '../format'
import { Kbd } from '../ui/kbd'
import { findCommands } from './commands'
import { rememberRecent } from './recent'
import { useCommands } from './use-commands'

export type ListProps = {
  typed: string
  onType: (typed: string) => void
  /** Whether Enter was pressed before it was known what there is for what is typed. */
  entered: boolean
  onEnter: () => void
  onDone: () => void
  onHelp: () => void
}

/** What is asked for: until it is answered, these are still those of what was typed before. */
const ofData: ReadonlySet<string> = new Set(['Services', 'Namespaces'])

/** The field and the answers; arrows choose, Enter runs, once there is something. Focus stays in the field. */
export function CommandList({ typed, onType, entered, onEnter, onDone, onHelp }: ListProps) {
  const [active, setActive] = useState(0)
  const sought = useDeferredValue(typed)
  const { commands, isAsking } = useCommands(sought, onHelp)
  const found = useMemo(() => findCommands(commands, sought), [commands, sought])
  const run = (index: number) => {
    const command = found[index]
    if (!command) return
    onDone()
    if (command.href !== undefined) rememberRecent({ label: command.label, href: command.href })
    command.run()
  }
  const chosen = found[active]
  const isKnown = sought === typed && (!isAsking || (chosen !== undefined && !ofData.has(chosen.group)))
  const runEntered = useEffectEvent(() => {
    if (found.length > 0) run(active)
    else onType(typed)
  })
  useEffect(() => {
    if (entered && isKnown) runEntered()
  }, [entered, isKnown])
  const move = (by: number) => {
    if (found.length === 0) return
    const next = (active + by + found.length) % found.length
    setActive(next)
    document.getElementById(`command-${next}`)?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <>
      <input
        role="combobox"
        aria-label="Find a page, a service or a command"
        aria-expanded="true"
        aria-controls="commands"
        aria-activedescendant={found.length > 0 ? `command-${active}` : undefined}
        placeholder="Go to a page or a service, or do something"
        spellCheck={false}
        autoComplete="off"
        value={typed}
        onFocus={({ target }) => target.setSelectionRange(typed.length, typed.length)}
        onChange={(event) => {
          onType(event.target.value)
          setActive(0)
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'ArrowDown') move(1)
          else if (event.key === 'ArrowUp') move(-1)
          else if (event.key === 'Enter') onEnter()
          else if (event.key === 'Home' && found.length > 0) move(-active)
          else if (event.key === 'End' && found.length > 0) move(found.length - 1 - active)
          else return
          event.preventDefault()
        }}
        className="h-11 w-full border-b border-line bg-transparent px-4 text-base text-fg outline-none placeholder:text-fg-3"
      />
      <div
        id="commands"
        role="listbox"
        aria-label="Commands"
        tabIndex={-1}
        className="min-h-0 flex-1 overflow-auto p-1"
      >
        {found.length === 0 && (
          <p className="px-3 py-6 text-center text-fg-2">{isKnown ? `Nothing is called “${typed}”.` : 'Looking …'}</p>
        )}
        {found.map((command, index) => (
          <div key={`${command.group} ${command.id}`} role="presentation">
            {command.group !== found[index - 1]?.group && (
              <div className="px-3 pt-2 pb-1 text-2xs text-fg-3">{command.group}</div>
            )}
            <div
              id={`command-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onPointerMove={() => setActive(index)}
              onClick={() => run(index)}
              onKeyDown={() => {}}
              className={`flex h-8 cursor-pointer items-center justify-between gap-4 rounded-md px-3 ${index === active ? 'bg-hover' : ''}`}
            >
              <span className="truncate">{command.label}</span>
              {command.hint && <Kbd>{command.hint}</Kbd>}
            </div>
          </div>
        ))}
      </div>
      <output className="sr-only">
        {found.length === 0 ? (isKnown ? 'Nothing found' : '') : plural(found.length, 'result')}
      </output>
    </>
  )
}

'use client'

import { Field } from '../ui/field'

type Props = {
  label: string
  hint: string
  /** One group a line, as it is typed. */
  value: string
  onChange: (value: string) => void
  /** Groups that came with logins. */
  known: readonly string[]
}

const offered = 8

/** The groups of a text, one a line. */
export const groupsOf = (text: string): string[] => [
  ...new Set(
    text
      .split(/[\n,]/)
      .map((group) => group.trim())
      .filter(Boolean),
  ),
]

/** Names of groups, one a line, with those that came with logins to press. */
export function GroupsField({ label, hint, value, onChange, known }: Props) {
  const groups = groupsOf(value)
  const others = known.filter((group) => !groups.includes(group)).slice(0, offered)
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <Field label={label} hint={hint}>
        {(id) => (
          <textarea
            id={id}
            rows={3}
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="min-w-0 rounded-md border border-line bg-panel px-2.5 py-1.5 font-mono text-xs text-fg"
          />
        )}
      </Field>
      {others.length > 0 && (
        <div className="flex flex-wrap gap-1">
          {others.map((group) => (
            <button
              key={group}
              type="button"
              onClick={() => onChange([...groups, group].join('\n'))}
              className="inline-flex h-6 max-w-60 items-center rounded-sm border border-line px-1.5 font-mono text-xs text-fg-2 hover:bg-hover hover:text-fg"
            >
              <span aria-hidden="true">+&nbsp;</span>
              <span className="sr-only">Add </span>
              <span className="truncate">{group}</span>
              <span className="sr-only"> to {label.toLowerCase()}</span>
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

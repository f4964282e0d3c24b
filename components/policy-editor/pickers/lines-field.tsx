'use client'

import { useState } from 'react'
import { Field } from '../../ui/field'

type Props = { label: string; hint?: string; lines: readonly string[]; onChange: (lines: readonly string[]) => void }

/** Several texts, one in each line; empty lines are left out. */
export function LinesField({ label, hint, lines, onChange }: Props) {
  const [text, setText] = useState(lines.join('\n'))
  return (
    <Field label={label} hint={hint}>
      {(id) => (
        <textarea
          id={id}
          rows={Math.min(6, Math.max(2, text.split('\n').length))}
          spellCheck={false}
          className="rounded-md border border-line bg-panel px-2.5 py-1.5 font-mono text-xs text-fg"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            onChange(
              event.target.value
                .split(/[\n,]/)
                .map((line) => line.trim())
                .filter(Boolean),
            )
          }}
        />
      )}
    </Field>
  )
}

'use client'

import { useId } from 'react'
import type { Labels } from '@/core/inventory/inventory-object'
import type { LabelPick, LabelTerm } from '@/core/policy/edit/visual'
import { Button, IconButton } from '../../ui/button'
import { Input } from '../../ui/input'
import { Select } from '../../ui/select'
import { labelKeys, labelValues } from './label-facts'

const ops = [
  { value: 'in', label: 'is one of' },
  { value: 'not-in', label: 'is none of' },
  { value: 'has', label: 'is there' },
  { value: 'lacks', label: 'is absent' },
] as const

const comparing = (op: LabelTerm['op']) => op === 'in' || op === 'not-in'
const blank: LabelTerm = { key: '', op: 'in', values: [] }

type Props = {
  /** What the labels are of: spoken. */
  of: string
  pick: LabelPick
  onChange: (pick: LabelPick) => void
  /** Labels that there are, for the lists of keys and values. */
  known: readonly Labels[]
}

/** Conditions on labels, with the keys and values that there are. A selector of Calico that is no list is written as text. */
export function LabelTermsField({ of, pick, onChange, known }: Props) {
  const id = useId()
  if ('expression' in pick)
    return (
      <label className="flex flex-col gap-1 text-xs text-fg-2">
        Selector of {of}
        <Input
          className="font-mono"
          value={pick.expression}
          onChange={(event) => onChange({ expression: event.target.value })}
        />
      </label>
    )
  const { terms } = pick
  const put = (at: number, term: LabelTerm | null) =>
    onChange({ terms: terms.flatMap((one, i) => (i === at ? (term ? [term] : []) : [one])) })
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1 text-xs text-fg-2">Labels of {of}</legend>
      {terms.length === 0 && <p className="text-xs text-fg-3">Any labels.</p>}
      {terms.map((term, i) => (
        <div key={i} className="flex flex-wrap items-center gap-1.5">
          <Input
            aria-label={`Label ${i + 1}`}
            list={`${id}-keys`}
            placeholder="app"
            className="w-44 flex-1 font-mono text-xs"
            value={term.key}
            onChange={(event) => put(i, { ...term, key: event.target.value.trim() })}
          />
          <Select
            aria-label={`Comparison ${i + 1}`}
            value={term.op}
            choices={ops}
            onChange={(op) => put(i, { ...term, op, values: comparing(op) ? term.values : [] })}
          />
          {comparing(term.op) && (
            <Input
              aria-label={`Values ${i + 1}, parted by commas`}
              list={`${id}-values-${i}`}
              placeholder="web, api"
              className="w-44 flex-1 font-mono text-xs"
              value={term.values.join(', ')}
              onChange={(event) => put(i, { ...term, values: valuesOf(event.target.value) })}
            />
          )}
          <IconButton label={`Remove condition ${i + 1}`} onClick={() => put(i, null)}>
            ×
          </IconButton>
          <datalist id={`${id}-values-${i}`}>
            {labelValues(known, term.key).map(({ value, count }) => (
              <option key={value} value={value}>
                {count}
              </option>
            ))}
          </datalist>
        </div>
      ))}
      <datalist id={`${id}-keys`}>
        {labelKeys(known).map(({ value, count }) => (
          <option key={value} value={value}>
            {count}
          </option>
        ))}
      </datalist>
      <Button size="sm" variant="quiet" className="self-start" onClick={() => onChange({ terms: [...terms, blank] })}>
        + condition
      </Button>
    </fieldset>
  )
}

/** A comma at the end begins another value. */
const valuesOf = (text: string): readonly string[] => {
  const parts = text.split(',').map((part) => part.trim())
  return parts.length === 1 && parts[0] === '' ? [] : parts
}

/** Without conditions that are not filled in. */
export const filledTerms = (pick: LabelPick): LabelPick =>
  'expression' in pick
    ? pick
    : {
        terms: pick.terms.flatMap((term) => {
          const values = term.values.filter((value) => value !== '')
          return term.key === '' || (comparing(term.op) && values.length === 0) ? [] : [{ ...term, values }]
        }),
      }

'use client'

import { useMemo, useState } from 'react'
import type { Model, Workload } from '@/core/policy/model'
import { plural } from '../../format'
import { Input } from '../../ui/input'

const mostShown = 40

type Props = {
  model: Model
  /** Its workloads come first. */
  own: string | null
  label: string
  onPick: (workload: Workload) => void
  onPickNamespace?: (name: string) => void
}

/** A list of the workloads and namespaces that there are, narrowed by what is typed. */
export function FindWorkload({ model, own, label, onPick, onPickNamespace }: Props) {
  const [text, setText] = useState('')
  const found = useMemo(() => {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean)
    const fits = (name: string) => words.every((word) => name.toLowerCase().includes(word))
    const workloads = model.workloads
      .filter((one) => !one.hostNetwork && fits(`${one.namespace}/${one.name} ${one.kind}`))
      .sort((a, b) => Number(b.namespace === own) - Number(a.namespace === own) || order(a, b))
    return { workloads, namespaces: onPickNamespace ? model.namespaces.filter(({ name }) => fits(name)) : [] }
  }, [text, model, own, onPickNamespace])
  const more = found.workloads.length - mostShown
  return (
    <div className="flex min-h-0 flex-col gap-1.5">
      <Input
        aria-label={label}
        placeholder="find a workload or namespace"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul aria-label="Found" className="max-h-44 overflow-auto rounded-md border border-line">
        {found.workloads.slice(0, mostShown).map((one) => (
          <li key={`${one.namespace}/${one.name}/${one.kind}`}>
            <button type="button" className={rowClass} onClick={() => onPick(one)}>
              <span className="min-w-0 flex-1 truncate font-mono text-xs">
                <span className="text-fg-3">{one.namespace} / </span>
                {one.name}
              </span>
              <span className="text-xs text-fg-3">
                {one.kind} · {plural(Math.max(1, one.ips.length), 'pod')}
              </span>
            </button>
          </li>
        ))}
        {found.namespaces.map(({ name }) => (
          <li key={`ns ${name}`}>
            <button type="button" className={rowClass} onClick={() => onPickNamespace?.(name)}>
              <span className="min-w-0 flex-1 truncate font-mono text-xs">{name}</span>
              <span className="text-xs text-fg-3">whole namespace</span>
            </button>
          </li>
        ))}
        {found.workloads.length + found.namespaces.length === 0 && (
          <li className="px-2 py-1.5 text-xs text-fg-3">Nothing of this name is known.</li>
        )}
        {more > 0 && <li className="px-2 py-1.5 text-xs text-fg-3">{more} more; type to narrow.</li>}
      </ul>
    </div>
  )
}

const rowClass =
  'flex h-7 w-full items-center gap-2 px-2 text-left hover:bg-hover focus-visible:bg-hover focus-visible:-outline-offset-2'

const order = (a: Workload, b: Workload) => {
  const [x, y] = [`${a.namespace}/${a.name}`, `${b.namespace}/${b.name}`]
  return x < y ? -1 : x > y ? 1 : 0
}

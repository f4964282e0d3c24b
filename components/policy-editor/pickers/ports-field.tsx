'use client'

import { useState } from 'react'
import { portText } from '@/core/policy/edit/pick-words'
import type { NewSeveral } from '@/core/policy/edit/policy-edit'
import type { PortChoice } from '@/core/policy/edit/visual'
import { Button } from '../../ui/button'
import { Chip } from '../../ui/chip'
import { Input } from '../../ui/input'
import type { KnownPort } from '../visual/known-ports'
import { readPort, samePort } from '../visual/same-port'

type Props = {
  ports: NewSeveral<PortChoice>
  onChange: (ports: NewSeveral<PortChoice>) => void
  known: readonly KnownPort[]
}

/** Ports that a rule is about: known ones to tick, others to write; none is every port. */
export function PortsField({ ports, onChange, known }: Props) {
  const [text, setText] = useState('')
  const chosen = ports === 'everything' ? [] : ports
  const has = (port: PortChoice) => chosen.some((one) => samePort(one, port))
  const set = (next: readonly PortChoice[]) => onChange(next.length === 0 ? 'everything' : next)
  const toggle = (port: PortChoice) => set(has(port) ? chosen.filter((one) => !samePort(one, port)) : [...chosen, port])
  const written = readPort(text)
  const add = () => {
    if (!written) return
    if (!has(written)) set([...chosen, written])
    setText('')
  }
  return (
    <fieldset className="flex min-w-0 flex-col gap-1.5">
      <legend className="mb-1 text-xs text-fg-2">Ports</legend>
      {known.length > 0 && (
        <div className="flex flex-wrap gap-x-4 gap-y-1">
          {known.map(({ port, name, seen }) => (
            <label key={portText(port)} className="flex min-h-6 items-center gap-1.5">
              <input type="checkbox" checked={has(port)} onChange={() => toggle(port)} />
              <span className="font-mono text-xs">{portText(port)}</span>
              <span className="text-xs text-fg-3">{[name, seen ? 'seen' : null].filter(Boolean).join(', ')}</span>
            </label>
          ))}
        </div>
      )}
      <div className="flex flex-wrap items-center gap-1.5">
        {chosen
          .filter((port) => !known.some((one) => samePort(one.port, port)))
          .map((port) => (
            <Chip key={portText(port)} removeLabel={`Remove ${portText(port)}`} onRemove={() => toggle(port)}>
              <span className="font-mono">{portText(port)}</span>
            </Chip>
          ))}
        <Input
          aria-label="Another port"
          placeholder="8080, udp 53, 8000-8100, http"
          className="w-56 font-mono text-xs"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
        <Button size="sm" disabled={!written} onClick={add}>
          Add port
        </Button>
      </div>
      <p className="text-xs text-fg-3">{chosen.length === 0 ? 'Every port.' : chosen.map(portText).join(', ')}</p>
    </fieldset>
  )
}

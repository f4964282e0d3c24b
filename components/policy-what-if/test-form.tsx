'use client'

import { useId, useState } from 'react'
import { type PortProtocol, portProtocols } from '@/core/policy/ports'
import type { DraftTest } from '@/core/policy/what-if/answer'
import { Button } from '../ui/button'
import { Input } from '../ui/input'
import { Segmented } from '../ui/segmented'

type FormProps = { workloads: readonly string[]; services: readonly string[]; onAdd: (test: DraftTest) => void }

/** A question to add: from, to, port, and what must be so. */
export function TestForm({ workloads, services, onAdd }: FormProps) {
  const id = useId()
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const [port, setPort] = useState('')
  const [protocol, setProtocol] = useState<PortProtocol>('TCP')
  const [expect, setExpect] = useState<DraftTest['expect']>('allowed')
  const number = /^\d{1,5}$/.test(port) && Number(port) >= 1 && Number(port) <= 65_535 ? Number(port) : null
  const ready = from.trim() !== '' && to.trim() !== '' && number !== null
  return (
    <form
      className="flex flex-wrap items-center gap-2 py-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (!ready) return
        onAdd({ from: from.trim(), to: to.trim(), protocol, port: number, expect })
        setPort('')
      }}
    >
      <span>Can</span>
      <Input
        aria-label="From"
        placeholder="namespace/workload or address"
        list={`${id}-from`}
        value={from}
        onChange={(event) => setFrom(event.target.value)}
        className="w-60 font-mono text-xs"
      />
      <span>reach</span>
      <Input
        aria-label="To"
        placeholder="namespace/workload, Service or address"
        list={`${id}-to`}
        value={to}
        onChange={(event) => setTo(event.target.value)}
        className="w-64 font-mono text-xs"
      />
      <span>on</span>
      <Segmented
        label="Protocol"
        size="sm"
        value={protocol}
        options={portProtocols.map((value) => ({ value, label: value }))}
        onChange={setProtocol}
      />
      <Input
        aria-label="Port"
        placeholder="port"
        inputMode="numeric"
        value={port}
        aria-invalid={port !== '' && number === null}
        onChange={(event) => setPort(event.target.value)}
        className="w-20 font-mono text-xs"
      />
      <span>? It must be</span>
      <Segmented
        label="It must be"
        size="sm"
        value={expect}
        options={[
          { value: 'allowed', label: 'allowed' },
          { value: 'denied', label: 'denied' },
        ]}
        onChange={setExpect}
      />
      <Button type="submit" size="sm" disabled={!ready}>
        Add the test
      </Button>
      <output className="text-xs text-fg-2">{port !== '' && number === null && 'A port is 1 to 65535.'}</output>
      <Names id={`${id}-from`} names={workloads} typed={from} />
      <Names id={`${id}-to`} names={[...workloads, ...services]} typed={to} />
    </form>
  )
}

const mostNames = 50

/** Names that hold what was typed. */
const Names = ({ id, names, typed }: { id: string; names: readonly string[]; typed: string }) => (
  <datalist id={id}>
    {names
      .filter((name) => name.includes(typed))
      .slice(0, mostNames)
      .map((name) => (
        <option key={name} value={name}>
          {name}
        </option>
      ))}
  </datalist>
)

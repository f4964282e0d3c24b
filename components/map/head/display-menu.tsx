'use client'

import { type ReactNode, useState } from 'react'
import { groupings, type Grouping } from '@/core/graph/graph-groups'
import { plural } from '../../format'
import { Button } from '../../ui/button'
import { Popover } from '../../ui/popover'
import { edgeLabels, type EdgeLabels } from '../../url-state'
import { setMotion, useMotion } from '../canvas/motion'
import { options } from './options'
import type { MapModel } from '../use-map'

const labelWords: Readonly<Record<EdgeLabels, string>> = {
  auto: 'Chosen and unwell',
  none: 'None',
  rate: 'Requests/s',
  errors: 'Errors',
  p95: 'Latency p95',
  protocol: 'Protocol',
}
const regionWords: Readonly<Record<Grouping, string>> = { namespace: 'Namespaces', team: 'Teams' }

/** How the map is drawn: regions, labels of edges, what is left out, motion, pins. */
export function DisplayMenu({ map }: { map: MapModel }) {
  const [open, setOpen] = useState(false)
  const motion = useMotion()
  const pinned = map.pins.ids.size
  return (
    <Popover label="Display" trigger="Display" align="end" open={open} onOpenChange={setOpen} className="w-64 p-3">
      <div className="flex flex-col gap-3 text-sm">
        <Choice
          name="Regions"
          value={map.by}
          options={options(groupings, regionWords)}
          onChange={(by) => void map.setState({ by, fold: null, unfold: null })}
        />
        <Choice
          name="On edges"
          value={map.labels}
          options={options(edgeLabels, labelWords)}
          onChange={(labels) => void map.setState({ labels })}
        />
        <fieldset className="flex flex-col gap-1 border-t border-line pt-2">
          <legend className="sr-only">Show</legend>
          <Check on={map.only === 'unwell'} onChange={(on) => void map.setState({ only: on ? 'unwell' : null })}>
            Only what is unwell or denied
          </Check>
          <Check on={map.idle === null} onChange={(on) => void map.setState({ idle: on ? null : '0' })}>
            Workloads without traffic
          </Check>
          <Check on={map.nodes === '1'} onChange={(on) => void map.setState({ nodes: on ? '1' : null })}>
            Cluster nodes
          </Check>
          <Check on={motion} onChange={setMotion}>
            Moving traffic
          </Check>
        </fieldset>
        {pinned > 0 && (
          <Button size="sm" onClick={() => map.pins.unpin(null)}>
            Unpin {plural(pinned, 'node')}
          </Button>
        )}
      </div>
    </Popover>
  )
}

type ChoiceProps<T extends string> = {
  name: string
  value: T
  options: readonly { readonly value: T; readonly label: string }[]
  onChange: (value: T) => void
}

const rowClass = 'flex h-6 cursor-pointer items-center gap-2 rounded-sm px-1 text-fg-2 hover:bg-hover hover:text-fg'

const Choice = <T extends string>({ name, value, options: choices, onChange }: ChoiceProps<T>) => (
  <fieldset>
    <legend className="mb-1 text-xs text-fg-3">{name}</legend>
    <div className="grid grid-cols-2 gap-x-2">
      {choices.map((choice) => (
        <label key={choice.value} className={rowClass}>
          <input
            type="radio"
            name={name}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
            className="accent-accent"
          />
          <span className="truncate">{choice.label}</span>
        </label>
      ))}
    </div>
  </fieldset>
)

const Check = ({ on, onChange, children }: { on: boolean; onChange: (on: boolean) => void; children: ReactNode }) => (
  <label className={rowClass}>
    <input
      type="checkbox"
      checked={on}
      onChange={(event) => onChange(event.target.checked)}
      className="accent-accent"
    />
    {children}
  </label>
)

'use client'

import { useId } from 'react'
import type { NamespacePick } from '@/core/policy/edit/visual'
import type { Model } from '@/core/policy/model'
import { Chip } from '../../ui/chip'
import { Input } from '../../ui/input'
import { Segmented } from '../../ui/segmented'
import { LabelTermsField } from './label-terms-field'

type Props = {
  pick: NamespacePick
  onChange: (pick: NamespacePick) => void
  model: Model
  /** Namespace of the policy; null: it has none, so there is no own one. */
  own: string | null
}

/** Which namespaces: the policy's own, some by name or by labels, or all. */
export function NamespacesField({ pick, onChange, model, own }: Props) {
  const id = useId()
  const ways = [
    ...(own === null ? [] : [{ value: 'own' as const, label: `This one (${own})` }]),
    { value: 'named' as const, label: 'By name' },
    { value: 'labels' as const, label: 'By labels' },
    { value: 'all' as const, label: 'All' },
  ]
  const choose = (way: NamespacePick['pick']) =>
    onChange(
      way === 'named'
        ? { pick: way, names: [] }
        : way === 'labels'
          ? { pick: way, labels: { terms: [] } }
          : { pick: way },
    )
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <span className="text-xs text-fg-2" aria-hidden="true">
        Namespaces
      </span>
      <Segmented label="Namespaces" value={pick.pick} options={ways} onChange={choose} className="self-start" />
      {pick.pick === 'named' && (
        <div className="flex flex-wrap items-center gap-1.5">
          {pick.names.map((name) => (
            <Chip
              key={name}
              removeLabel={`Remove namespace ${name}`}
              onRemove={() => onChange({ pick: 'named', names: pick.names.filter((one) => one !== name) })}
            >
              {name}
            </Chip>
          ))}
          <Input
            aria-label="Namespace to add"
            list={id}
            placeholder="+ namespace"
            className="w-44 font-mono text-xs"
            onChange={(event) => {
              const name = event.target.value.trim()
              const exact = model.namespaces.some((one) => one.name === name)
              if (!exact || pick.names.includes(name)) return
              onChange({ pick: 'named', names: [...pick.names, name] })
              event.target.value = ''
            }}
          />
          <datalist id={id}>
            {model.namespaces.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </datalist>
        </div>
      )}
      {pick.pick === 'labels' && (
        <LabelTermsField
          of="namespaces"
          pick={pick.labels}
          known={model.namespaces.map(({ labels }) => labels)}
          onChange={(labels) => onChange({ pick: 'labels', labels })}
        />
      )}
    </div>
  )
}

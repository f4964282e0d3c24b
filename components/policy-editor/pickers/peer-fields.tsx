'use client'

import { useId } from 'react'
import type { Peer } from '@/core/policy/edit/visual'
import type { Model } from '@/core/policy/model'
import { Field } from '../../ui/field'
import { Input } from '../../ui/input'
import { Select } from '../../ui/select'
import { LabelTermsField } from './label-terms-field'
import { LinesField } from './lines-field'
import { NamespacesField } from './namespaces-field'
import { entities } from './peer-kinds'

type Props = { peer: Peer; onChange: (peer: Peer) => void; model: Model; own: string | null }

/** What there is to say of another end, by its kind. */
export function PeerFields({ peer, onChange, model, own }: Props) {
  const id = useId()
  switch (peer.is) {
    case 'pods':
      return (
        <>
          <NamespacesField
            pick={peer.namespaces}
            model={model}
            own={own}
            onChange={(namespaces) => onChange({ ...peer, namespaces })}
          />
          <LabelTermsField
            of="pods"
            pick={peer.pods}
            known={model.workloads.map(({ labels }) => labels)}
            onChange={(pods) => onChange({ ...peer, pods })}
          />
        </>
      )
    case 'range':
      return (
        <>
          <LinesField
            label="Addresses"
            hint="One in each line, as 10.0.0.0/8."
            lines={peer.cidrs}
            onChange={(cidrs) => onChange({ ...peer, cidrs })}
          />
          <LinesField label="Except" lines={peer.except} onChange={(except) => onChange({ ...peer, except })} />
        </>
      )
    case 'entity':
      return (
        <Field label="Entity">
          {(id) => (
            <Select
              id={id}
              value={peer.name}
              choices={[...new Set([...entities, peer.name])].map((value) => ({ value, label: value }))}
              onChange={(name) => onChange({ ...peer, name })}
            />
          )}
        </Field>
      )
    case 'domain':
      return (
        <LinesField
          label="DNS names"
          hint="One in each line; * stands for a part."
          lines={peer.names}
          onChange={(names) => onChange({ ...peer, names })}
        />
      )
    case 'namespaces':
      return (
        <LinesField
          label="Namespaces"
          hint="One in each line."
          lines={peer.names}
          onChange={(names) => onChange({ ...peer, names })}
        />
      )
    case 'principal':
      return (
        <LinesField
          label="Identities"
          hint="As the mesh proves them: cluster.local/ns/shop/sa/web"
          lines={peer.principals}
          onChange={(principals) => onChange({ ...peer, principals })}
        />
      )
    case 'account':
      return (
        <LinesField
          label="Service accounts"
          hint="namespace/name, one in each line."
          lines={peer.accounts.map(({ namespace, name }) => (namespace === null ? name : `${namespace}/${name}`))}
          onChange={(lines) => onChange({ ...peer, accounts: lines.map(accountOf) })}
        />
      )
    case 'nodes':
      return (
        <LabelTermsField
          of="nodes"
          pick={peer.labels}
          known={model.nodes.map(({ labels }) => labels)}
          onChange={(labels) => onChange({ ...peer, labels })}
        />
      )
    case 'network-set':
      return (
        <Field label="Name of the set">
          {(id) => (
            <Input
              id={id}
              value={peer.name}
              onChange={(event) => onChange({ ...peer, name: event.target.value.trim() })}
            />
          )}
        </Field>
      )
    case 'service':
      return (
        <Field label="Service" hint="namespace/name">
          {(field) => (
            <>
              <Input
                id={field}
                list={id}
                className="font-mono text-xs"
                defaultValue={peer.name === '' ? '' : `${peer.namespace}/${peer.name}`}
                onChange={(event) => {
                  const [namespace = '', name = ''] = event.target.value.trim().split('/')
                  onChange({ ...peer, namespace, name })
                }}
              />
              <datalist id={id}>
                {model.services.map(({ namespace, name }) => (
                  <option key={`${namespace}/${name}`} value={`${namespace}/${name}`}>
                    {name}
                  </option>
                ))}
              </datalist>
            </>
          )}
        </Field>
      )
    case 'other':
      return <p className="text-fg-2">This end is written in YAML only. Change it in the text.</p>
  }
}

function accountOf(line: string) {
  const at = line.indexOf('/')
  return at < 0 ? { namespace: null, name: line } : { namespace: line.slice(0, at), name: line.slice(at + 1) }
}

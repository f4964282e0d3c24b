'use client'

import { type FormEvent, useState } from 'react'
import { peerPicked } from '@/core/policy/edit/match-picks'
import type { NewSeveral } from '@/core/policy/edit/policy-edit'
import type { Peer, PortChoice } from '@/core/policy/edit/visual'
import type { Direction } from '@/core/policy/normal-form'
import { Button } from '../../ui/button'
import { Dialog } from '../../ui/dialog'
import { Segmented } from '../../ui/segmented'
import { knownPorts } from '../visual/known-ports'
import { pickedCount, pickedNames } from '../visual/picked-words'
import { useVisual } from '../visual/visual-context'
import { FindWorkload } from './find-workload'
import { filledTerms } from './label-terms-field'
import { PeerFields } from './peer-fields'
import { blankPeer, type PeerKind, peerKindWords, peerOfNamespace, peerOfWorkload } from './peer-kinds'
import { PortsField } from './ports-field'
import { subjectOf } from '../visual/subject-of'

type Props = {
  direction: Direction
  title: string
  /** What is changed; null: a new one. */
  peer: Peer | null
  /** Asks for ports too: a new rule. */
  withPorts: boolean
  /** A sentence where it is refused. */
  onDone: (peer: Peer, ports: NewSeveral<PortChoice>) => string | null
  onClose: () => void
}

/** Asks who the other end is, by workloads, namespaces, labels and ranges that there are, and says whom that matches now. */
export function PeerDialog({ direction, title, peer: given, withPorts, onDone, onClose }: Props) {
  const { visual, ground, own } = useVisual()
  const { model } = ground
  const kinds = visual.can.peers[direction].filter((is): is is PeerKind => is !== 'other')
  const first = given ?? blankPeer(kinds[0] ?? 'pods', own)
  const [{ peer, filledBy }, setPeer] = useState<{ peer: Peer; filledBy: string }>({ peer: first, filledBy: '' })
  const ownPorts = direction === 'ingress' ? portsOf(subjectOf(visual, model)) : []
  const [ports, setPorts] = useState<NewSeveral<PortChoice>>(
    ownPorts.length === 1 && visual.can.protocols.length > 0 ? ownPorts.map(({ port }) => port) : 'everything',
  )
  const [refused, setRefused] = useState<string | null>(null)
  const choose = (next: Peer | null, by: string) => next && setPeer({ peer: next, filledBy: by })
  const picked = peerPicked(peer, own, model)
  const theirPorts = direction === 'egress' && picked !== 'unknown' ? portsOf(picked) : []
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setRefused(onDone(filled(peer), ports))
  }
  function portsOf(some: ReturnType<typeof peerPicked>) {
    return some === 'unknown' ? [] : knownPorts(some.workloads, ground)
  }
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={title}>
      <form noValidate onSubmit={submit} className="flex min-h-0 flex-col">
        <div className="flex min-h-0 flex-col gap-4 overflow-auto p-4">
          {kinds.some((is) => is === 'pods' || is === 'account' || is === 'principal' || is === 'namespaces') && (
            <FindWorkload
              model={model}
              own={own}
              label="Find a workload or namespace"
              onPick={(one) => choose(peerOfWorkload(one, kinds, own, model), `${one.namespace}/${one.name}`)}
              onPickNamespace={(name) => choose(peerOfNamespace(name, kinds, own), name)}
            />
          )}
          {kinds.length > 1 && peer.is !== 'other' && (
            <Segmented
              label="Kind of the other end"
              value={peer.is}
              options={kinds.map((value) => ({ value, label: peerKindWords[value] }))}
              onChange={(is) => choose(blankPeer(is, own), '')}
              className="flex-wrap self-start"
            />
          )}
          <PeerFields
            key={`${peer.is} ${filledBy}`}
            peer={peer}
            model={model}
            own={own}
            onChange={(next) => setPeer({ peer: next, filledBy })}
          />
          <p aria-live="polite" className="text-xs text-fg-2">
            {pickedCount(picked) &&
              `Matches now: ${pickedCount(picked, ground.hidesNamespaces)}. ${pickedNames(picked, own)}`}
          </p>
          {withPorts && visual.can.protocols.length > 0 && (
            <PortsField ports={ports} onChange={setPorts} known={direction === 'ingress' ? ownPorts : theirPorts} />
          )}
          {refused && <p role="alert">{refused}</p>}
        </div>
        <div className="flex justify-end gap-2 border-t border-line px-4 py-3">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary">
            {given ? 'Change' : 'Add'}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function filled(peer: Peer): Peer {
  if (peer.is === 'nodes') return { ...peer, labels: filledTerms(peer.labels) }
  if (peer.is !== 'pods') return peer
  const { namespaces } = peer
  return {
    ...peer,
    pods: filledTerms(peer.pods),
    namespaces: namespaces.pick === 'labels' ? { pick: 'labels', labels: filledTerms(namespaces.labels) } : namespaces,
  }
}

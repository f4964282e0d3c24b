'use client'

import type { Direction } from '@/core/policy/normal-form'
import type { Path } from '@/core/policy/edit/path'
import { samePath } from '@/core/policy/edit/path'
import { peerPicked } from '@/core/policy/edit/match-picks'
import type { PortChoice, VisualRule } from '@/core/policy/edit/visual'
import { PeerDialog } from '../pickers/peer-dialog'
import { PortDialog } from '../pickers/port-dialog'
import { RequestsDialog } from '../pickers/requests-dialog'
import { SubjectDialog } from '../pickers/subject-dialog'
import { knownPorts } from './known-ports'
import { subjectOf } from './subject-of'
import { type Ask, useVisual } from './visual-context'

const title = (direction: Direction, what: string) =>
  direction === 'ingress' ? `Who may come in: ${what}` : `Where it may go: ${what}`

/** The dialog of what is asked for; what is answered becomes one edit. */
export function VisualDialogs({ ask }: { ask: Ask | null }) {
  const { visual, ground, own, edit, ask: askFor } = useVisual()
  const close = () => askFor(null)
  const done = (refused: string | null) => {
    if (refused === null) close()
    return refused
  }
  const ruleAt = (path: Path): VisualRule | undefined =>
    visual.sides.flatMap(({ rules }) => rules).find((rule) => samePath(rule.path, path))?.value
  const portsAt = (path: Path): readonly PortChoice[] => {
    const ports = ruleAt(path)?.ports
    return ports?.are === 'some' ? ports.items.map(({ value }) => value) : []
  }
  switch (ask?.ask) {
    case 'rule':
      return (
        <PeerDialog
          direction={ask.direction}
          title={title(ask.direction, 'a new rule')}
          peer={null}
          withPorts
          onClose={close}
          onDone={(peer, ports) =>
            done(
              edit({
                edit: 'add-rule',
                direction: ask.direction,
                rule: { action: visual.can.actions[0] ?? 'allow', peers: [peer], ports, requests: 'everything' },
              }),
            )
          }
        />
      )
    case 'peer':
      return (
        <PeerDialog
          direction={ask.direction}
          title={title(ask.direction, ask.at ? 'change an end' : 'one more end')}
          peer={ask.peer}
          withPorts={false}
          onClose={close}
          onDone={(peer) =>
            done(
              edit(
                ask.at
                  ? { edit: 'replace-peer', rule: ask.rule, peer: ask.at, by: peer }
                  : { edit: 'add-peer', rule: ask.rule, peer },
              ),
            )
          }
        />
      )
    case 'ports':
      return (
        <PortDialog
          ports={portsAt(ask.rule).length === 0 ? 'everything' : portsAt(ask.rule)}
          known={servedPorts(ask.rule, ask.direction)}
          onClose={close}
          onDone={(ports) => done(edit({ edit: 'set-ports', rule: ask.rule, ports }))}
        />
      )
    case 'requests':
      return (
        <RequestsDialog
          requests={ask.requests}
          onClose={close}
          onDone={(requests) => done(edit({ edit: 'set-requests', rule: ask.rule, requests }))}
        />
      )
    case 'subject':
      return <SubjectDialog onClose={close} onDone={(subject) => done(edit({ edit: 'set-subject', subject }))} />
    case undefined:
      return null
  }

  /** Ports of the destination: of the subject, or of whom the rule leads to. */
  function servedPorts(path: Path, direction: Direction) {
    const peers = ruleAt(path)?.peers
    const ends =
      direction === 'ingress'
        ? [subjectOf(visual, ground.model)]
        : peers?.are === 'some'
          ? peers.items.map(({ value }) => peerPicked(value, own, ground.model))
          : []
    return knownPorts([...new Set(ends.flatMap((end) => (end === 'unknown' ? [] : end.workloads)))], ground)
  }
}

'use client'

import { later } from '../../later'
import type { ReactNode } from 'react'
import { type GraphEdge, type GraphNode, isGroup } from '@/core/graph/graph'
import { WhyBox } from '../../attention/why-box'
import { formatCount, plural } from '../../format'
import { hasPage, servicePath } from '../../service-path'
import { StatusMark, verdictStatus } from '../../status-mark'
import { EncryptionFacts } from './encryption-facts'
import { PanelActions } from './panel-actions'
import { PanelFigures } from './panel-figures'
import { PanelFlows } from './panel-flows'
import { Fact, PanelHead } from './panel-parts'
import { portWords } from './port-words'
import { passedOverSentence, sampleSentence, seenSentence } from './seen-words'
import type { GraphIndex } from '../camera/walk'
import { verdicts } from '@/core/verdict'
import { bySource } from './witness-words'

// The first page opens without a selection.
const OperationsTable = later(() =>
  import('../../operations/operations-table').then((module) => module.OperationsTable),
)

const EdgeDecision = later(() => import('../../policies/edge-decision').then((module) => module.EdgeDecision))

type Props = {
  edge: GraphEdge
  index: GraphIndex
  onClose: () => void
  onSelect: (id: string) => void
  onList: () => void
  /** What it was in the window that is compared with. */
  was: ReactNode
}

export function EdgePanel({ edge, index, onClose, onSelect, onList, was }: Props) {
  const from = index.nodes.get(edge.from)
  const to = index.nodes.get(edge.to)
  const path = (node: typeof from) =>
    node ? (node.namespace && !isGroup(node.type) ? `${node.namespace}/${node.name}` : node.name) : 'unknown'
  const seen = verdicts.filter((verdict) => edge.figures.verdicts[verdict])
  return (
    <>
      <PanelHead
        title={
          <>
            {from?.name ?? 'unknown'} <span className="text-fg-3">→</span> {to?.name ?? 'unknown'}
          </>
        }
        identity={`${path(from)} → ${path(to)} · ${portWords(edge)}`}
        onClose={onClose}
      />
      <WhyBox id={edge.id} health={edge.health} why={edge.why} now={index.window.to} onSelect={onSelect} />
      {was}
      <PanelFigures id={edge.id} figures={edge.figures} told={edge.told} />
      {seen.length > 0 && (
        <Fact name="Verdicts">
          <span className="inline-flex flex-wrap justify-end gap-x-3">
            {seen.map((verdict) => (
              <StatusMark
                key={verdict}
                status={verdictStatus[verdict]}
                label={`${verdict} ${formatCount(edge.figures.verdicts[verdict])}`}
                showLabel
              />
            ))}
          </span>
        </Fact>
      )}
      <EdgeDecision sel={edge.id} />
      <EncryptionFacts encryption={edge.encryption} sel={edge.merged > 1 ? null : edge.id} />
      {edge.merged > 1 && <Fact name="Stands for">{plural(edge.merged, 'edge')}</Fact>}
      <Fact name="Seen by">
        {edge.witnesses.length === 0
          ? 'nobody that says so'
          : bySource(edge.witnesses).map(({ source, sides }, i) => (
              <span key={source}>
                {i > 0 && ' · '}
                {source} <span className="text-fg-3">{sides.join(', ')}</span>
              </span>
            ))}
      </Fact>
      {[seenSentence(edge, index), passedOverSentence(edge), sampleSentence(edge)].filter(Boolean).map((sentence) => (
        <p key={sentence} className="border-b border-line py-1.5 text-xs text-fg-2">
          {sentence}.
        </p>
      ))}
      {edge.l7 !== 'none' && <OperationsTable sel={edge.id} limit={5} inside />}
      <PanelFlows id={edge.id} />
      <PanelActions id={edge.id} primary={openCallee(to, onSelect)} onList={onList} />
    </>
  )
}

/** A callee has its page; one that stands for several opens its own panel. */
function openCallee(to: GraphNode | undefined, onSelect: Props['onSelect']) {
  if (!to) return undefined
  const label = `Open ${to.name.length > 18 ? 'callee' : to.name}`
  const page = to.type !== 'namespace' && hasPage(to)
  return page ? { label, href: servicePath(to) } : { label, run: () => onSelect(to.id) }
}

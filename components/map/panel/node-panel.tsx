'use client'

import { later } from '../../later'
import type { ReactNode } from 'react'
import { type GraphEdge, type GraphNode, isGroup } from '@/core/graph/graph'
import { WhyBox } from '../../attention/why-box'
import { formatPercent, formatRate, plural } from '../../format'
import { hasPage, servicePath } from '../../service-path'
import { healthStatus, StatusMark } from '../../status-mark'
import { Button } from '../../ui/button'
import { useMapState } from '../../url-state'
import { strength } from '../scene/edge-style'
import { IncomingEncryption } from './encryption-facts'
import { foldChange } from '../scene/fold'
import { heldRegion } from '../scene/node-size'
import { PanelActions } from './panel-actions'
import { PanelFigures } from './panel-figures'
import { PanelFlows } from './panel-flows'
import { Fact, PanelHead, Section } from './panel-parts'
import { portWords } from './port-words'
import type { MapModel } from '../use-map'
import type { GraphIndex } from '../camera/walk'

// The first page opens without a selection.
const NodeDecision = later(() => import('../../policies/node-decision').then((module) => module.NodeDecision))

type Props = {
  node: GraphNode
  map: MapModel
  index: GraphIndex
  onClose: () => void
  onSelect: (id: string) => void
  onList: () => void
  /** What it was in the window that is compared with. */
  was: ReactNode
}

export function NodePanel({ node, map, index, onClose, onSelect, onList, was }: Props) {
  const { fold, unfold, setState } = useMapState()
  const edges = index.around.get(node.id) ?? []
  const byRate = (list: readonly GraphEdge[]) => list.toSorted((a, b) => strength(b.figures) - strength(a.figures))
  const callers = byRate(edges.filter((edge) => edge.to === node.id))
  const callees = byRate(edges.filter((edge) => edge.from === node.id))
  const isRegion = isGroup(node.type)
  const held = heldRegion(node)
  const home = `${node.cluster}/${node.namespace}`
  const identity = [node.cluster, node.namespace, isRegion ? node.type : node.kind].filter(Boolean).join(' / ')
  return (
    <>
      <PanelHead title={node.name} identity={identity} onClose={onClose} />
      <WhyBox id={node.id} health={node.health} why={node.why} now={index.window.to} onSelect={onSelect} />
      {was}
      <PanelFigures id={node.id} figures={node.incoming} />
      {isRegion && <Fact name="Inside">{plural(node.members, 'workload')}</Fact>}
      {!isRegion && node.namespace !== '' && (
        <Fact name="Namespace">
          {node.namespace}
          <Button
            size="sm"
            variant="quiet"
            className="-mr-2 ml-1"
            onClick={() => void setState(foldChange({ fold, unfold }, home, true))}
          >
            Fold
          </Button>
        </Fact>
      )}
      {!isRegion && node.team !== null && <Fact name="Team">{node.team}</Fact>}
      {node.dataStore && <Fact name="Kind">data store</Fact>}
      {node.role && <Fact name="Role">{node.role === 'gateway' ? 'gateway' : 'waypoint proxy'}</Fact>}
      <IncomingEncryption edges={callers} />
      {node.namespace !== '' && (node.type === 'workload' || node.type === 'namespace') && (
        <NodeDecision
          sel={node.id}
          cluster={node.cluster}
          namespace={node.namespace}
          kind={node.kind}
          name={node.name}
        />
      )}
      <Neighbours title="Callers" edges={callers} end="from" index={index} onSelect={onSelect} />
      <Neighbours title="Callees" edges={callees} end="to" index={index} onSelect={onSelect} />
      <PanelFlows id={node.id} />
      <PanelActions
        id={node.id}
        primary={
          held !== null
            ? { label: 'Unfold', run: () => void setState(foldChange({ fold, unfold }, held, false)) }
            : hasPage(node)
              ? { label: `Open ${node.name.length > 18 ? 'it' : node.name}`, href: servicePath(node) }
              : undefined
        }
        onList={onList}
      >
        {map.focus !== node.id && <Button onClick={() => map.around(node.id)}>Focus</Button>}
        {map.pins.ids.has(node.id) && <Button onClick={() => map.pins.unpin(node.id)}>Unpin</Button>}
      </PanelActions>
    </>
  )
}

const shownAtMost = 8

type NeighboursProps = {
  title: string
  edges: readonly GraphEdge[]
  end: 'from' | 'to'
  index: GraphIndex
  onSelect: (id: string) => void
}

/** The other ends, strongest first; a row leads to the edge. */
function Neighbours({ title, edges, end, index, onSelect }: NeighboursProps) {
  if (edges.length === 0) return null
  return (
    <Section
      title={title}
      count={edges.length > shownAtMost ? `${shownAtMost} of ${edges.length}, strongest first` : undefined}
    >
      <ul className="-mx-1.5">
        {edges.slice(0, shownAtMost).map((edge) => (
          <li key={edge.id}>
            <button
              type="button"
              onClick={() => onSelect(edge.id)}
              className="flex h-7 w-full items-center gap-2 rounded-sm px-1.5 text-left hover:bg-hover"
            >
              <StatusMark status={healthStatus[edge.health]} label={edge.health} />
              <span className="min-w-0 flex-1 truncate">{index.nodes.get(edge[end])?.name ?? 'unknown'}</span>
              <span className="shrink-0 font-mono text-2xs text-fg-3">{portWords(edge)}</span>
              <span className="w-14 shrink-0 text-right text-xs">
                {formatRate(edge.figures.requestRate ?? edge.figures.flowRate)}
              </span>
              <span className="w-12 shrink-0 text-right text-xs text-fg-3">
                {formatPercent(edge.figures.errorRatio)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Section>
  )
}

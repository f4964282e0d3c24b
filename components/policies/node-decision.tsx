'use client'

import Link from 'next/link'
import type { DecisionPage, EndCover, EndIsolation } from '@/core/policy/pages/decision-page'
import { plural } from '../format'
import { Fact } from '../map/panel/panel-parts'
import { useKeptSearch } from '../shell/use-kept-search'
import { type Status, StatusMark } from '../status-mark'
import { buttonClass } from '../ui/button'
import { Skeleton } from '../ui/skeleton'
import { useViewParams } from '../url-state'
import { useCanEdit } from './can-edit'
import { PolicyLinks } from './decision-text'
import { editorPath } from './editor-links'
import { useDecision } from './use-decision'

type Props = {
  /** Id of the node, `cluster/namespace/kind/name`. */
  sel: string
  cluster: string
  namespace: string
  kind: string
  name: string
}

/** Whether policies isolate a workload, by which, and what can be done about it. */
export function NodeDecision({ sel, cluster, namespace, kind, name }: Props) {
  const { q: _q, cluster: _cluster, recording: _recording, ...params } = useViewParams()
  const { data, error, isAsked } = useDecision({ ...params, sel, cluster: cluster || undefined })
  if (!isAsked || error) return null
  if (!data) return <Skeleton className="my-2 h-14" />
  const own = data.ends.find((end) => end.namespace === namespace && end.kind === kind && end.name === name)
  return (
    <section aria-label="What policies decide">
      {own && <Cover end={own} cluster={data.cluster} />}
      <Differing page={data} />
      <NodeActions sel={sel} cluster={cluster} namespace={namespace} isNamespace={kind === 'Namespace'} />
    </section>
  )
}

const words: Readonly<Record<EndIsolation['state'], readonly [Status, string]>> = {
  isolated: ['ok', 'isolated'],
  open: ['warn', 'open'],
  maybe: ['unknown', 'not known'],
}

const directions = [
  { key: 'ingress', title: 'What may come in', open: 'anybody may call it' },
  { key: 'egress', title: 'Where it may go', open: 'it may call anybody' },
] as const

function Cover({ end, cluster }: { end: EndCover; cluster: string }) {
  const policies = [...end.ingress.by, ...end.egress.by, ...(end.mesh?.by ?? [])]
  const unique = [...new Map(policies.map((ref) => [JSON.stringify(ref), ref])).values()]
  return (
    <>
      {directions.map(({ key, title, open }) => {
        const { state } = end[key]
        const [status, word] = words[state]
        return (
          <Fact key={key} name={title}>
            <StatusMark status={status} label={state === 'open' ? open : word} showLabel />
          </Fact>
        )
      })}
      {end.mesh && (
        <Fact name="In the mesh">
          <StatusMark status={words[end.mesh.state][0]} label={words[end.mesh.state][1]} showLabel />
        </Fact>
      )}
      {unique.length > 0 && (
        <div className="border-b border-line pb-1 text-xs text-fg-2">
          <PolicyLinks policies={unique} cluster={cluster} />
        </div>
      )}
    </>
  )
}

function Differing({ page }: { page: DecisionPage }) {
  if (page.differing === 0) return null
  return (
    <Fact name="Against the policies">
      <StatusMark status="warn" label={plural(page.differing, 'edge')} showLabel />
    </Fact>
  )
}

type ActionsProps = { sel: string; cluster: string; namespace: string; isNamespace: boolean }

/** To isolate it, or to allow what it does and nothing else; each opens the editor. */
export function NodeActions({ sel, cluster, namespace, isNamespace }: ActionsProps) {
  const kept = useKeptSearch()
  if (!useCanEdit()) return null
  return (
    <p className="flex flex-wrap gap-1.5 border-b border-line py-2">
      <Link
        prefetch={false}
        href={editorPath({ isolate: isNamespace ? `${cluster}/${namespace}` : sel }, kept)}
        className={buttonClass('plain', 'sm')}
      >
        {isNamespace ? 'Isolate the namespace' : 'Isolate'}
      </Link>
      {!isNamespace && (
        <Link prefetch={false} href={editorPath({ least: sel }, kept)} className={buttonClass('plain', 'sm')}>
          Least privilege from traffic
        </Link>
      )}
    </p>
  )
}

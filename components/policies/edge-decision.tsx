'use client'

import Link from 'next/link'
import { useState } from 'react'
import type { DecisionPage, EdgeDecision as Decision } from '@/core/policy/pages/decision-page'
import { useWhyNotEdit } from '../access/use-why-not-edit'
import { formatCount, plural } from '../format'
import { Fact } from '../map/panel/panel-parts'
import { useKeptSearch } from '../shell/use-kept-search'
import { StatusMark } from '../status-mark'
import { buttonClass } from '../ui/button'
import { Skeleton } from '../ui/skeleton'
import { useViewParams } from '../url-state'
import { useCanEdit } from './can-edit'
import { DecisionText } from './decision-text'
import { decisionWords } from './decision-words'
import { editorPath } from './editor-links'
import { useDecision } from './use-decision'

/** What policies decide on an edge of the map, why, whether that is what happened, and what can be done about it. `sel`: its id. */
export function EdgeDecision({ sel }: { sel: string }) {
  const { q: _q, cluster: _cluster, recording: _recording, ...params } = useViewParams()
  const { data, error, isAsked } = useDecision({ ...params, sel })
  if (!isAsked || error) return null
  if (!data) return <Skeleton className="my-2 h-14" />
  const [first, ...others] = data.edges
  if (!first) return null
  return (
    <section aria-label="What policies decide" className="text-xs text-fg-2">
      {others.length === 0 ? <One decision={first} page={data} /> : <Several page={data} />}
    </section>
  )
}

function One({ decision, page }: { decision: Decision; page: DecisionPage }) {
  const [status, words] = decisionWords(decision)
  return (
    <>
      <div className="text-sm text-fg">
        <Fact name="Policies">
          <StatusMark status={status} label={words} showLabel />
        </Fact>
      </div>
      <div className="border-b border-line py-1.5">
        <DecisionText decision={decision} cluster={page.cluster} />
        <EdgeActions decision={decision} edge={decision.id} />
      </div>
    </>
  )
}

/** To allow or deny it, and why it is as it is; each opens the editor. `edge`: id of the edge between the workloads. */
export function EdgeActions({ decision: { verdict, from, to }, edge }: { decision: Decision; edge: string }) {
  const kept = useKeptSearch()
  const title = useWhyNotEdit() ?? undefined
  if (!useCanEdit() || verdict === 'not-known') return null
  const name = `${from} to ${to}`
  return (
    <p className="mt-1.5 flex flex-wrap gap-1.5">
      {verdict !== 'allowed' && (
        <Link
          prefetch={false}
          href={editorPath({ allow: edge }, kept)}
          title={title}
          className={buttonClass('plain', 'sm')}
        >
          Allow this<span className="sr-only">: {name}</span>
        </Link>
      )}
      {verdict !== 'denied' && (
        <Link
          prefetch={false}
          href={editorPath({ deny: edge }, kept)}
          title={title}
          className={buttonClass('plain', 'sm')}
        >
          Deny this<span className="sr-only">: {name}</span>
        </Link>
      )}
      <Link prefetch={false} href={editorPath({ why: edge }, kept)} className={buttonClass('quiet', 'sm')}>
        Why is this {verdict === 'undefined' ? 'left open' : verdict}?
      </Link>
    </p>
  )
}

const atOnce = 5

/** Of an edge that stands for several: how many of each, and each by itself. */
function Several({ page }: { page: DecisionPage }) {
  const [open, setOpen] = useState<string | null>(null)
  const [whole, setWhole] = useState(false)
  const counts = new Map<string, { readonly status: ReturnType<typeof decisionWords>[0]; count: number }>()
  for (const edge of page.edges) {
    const [status, words] = decisionWords(edge)
    const known = counts.get(words)
    if (known) known.count++
    else counts.set(words, { status, count: 1 })
  }
  const shown = whole ? page.edges : page.edges.slice(0, atOnce)
  return (
    <>
      <div className="text-sm text-fg">
        <Fact name="Policies">
          <span className="inline-flex flex-wrap justify-end gap-x-3">
            {[...counts].map(([words, { status, count }]) => (
              <StatusMark key={words} status={status} label={`${words} ${formatCount(count)}`} showLabel />
            ))}
          </span>
        </Fact>
      </div>
      <ul className="border-b border-line py-1">
        {shown.map((edge) => (
          <li key={edge.id}>
            <button
              type="button"
              aria-expanded={open === edge.id}
              onClick={() => setOpen(open === edge.id ? null : edge.id)}
              className="flex min-h-6 w-full items-center gap-2 text-left hover:text-fg"
            >
              <StatusMark status={decisionWords(edge)[0]} label={decisionWords(edge)[1]} />
              <span className="min-w-0 flex-1 truncate font-mono">
                {edge.from} → {edge.to}
                {edge.port !== null && `:${edge.port}`}
              </span>
            </button>
            {open === edge.id && (
              <div className="pb-1.5 pl-[18px]">
                <DecisionText decision={edge} cluster={page.cluster} counts />
                <EdgeActions decision={edge} edge={edge.id} />
              </div>
            )}
          </li>
        ))}
        {page.edgeCount > shown.length && !whole && (
          <li>
            <button type="button" className="h-6 text-accent hover:underline" onClick={() => setWhole(true)}>
              All {plural(page.edgeCount, 'edge')}
            </button>
          </li>
        )}
        {whole && page.edgeCount > page.edges.length && (
          <li className="text-fg-3">Only the first {formatCount(page.edges.length)} are listed.</li>
        )}
      </ul>
    </>
  )
}

'use client'

import Link from 'next/link'
import { useMemo, useState } from 'react'
import { type LintFinding, severities, type Severity } from '@/core/policy/lint/finding'
import { refKey } from '@/core/policy/normal-form'
import type { DifferingEdge } from '@/core/policy/pages/policies-page'
import { policyName } from '@/core/policy/policy-name'
import { formatAgo, formatCount, plural } from '../format'
import { useKeptSearch } from '../shell/use-kept-search'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { EmptyState } from '../ui/empty-state'
import { useCanEdit } from './can-edit'
import { editorPath } from './editor-links'
import { severityStatus } from './policy-words'
import type { PoliciesState } from './use-policies-state'
import type { ShownPage, ShownPolicy } from './shown-page'

type Props = { page: ShownPage; rows: readonly ShownPolicy[]; state: PoliciesState }

const atOnce = 100

/** What is wrong with policies or likely not meant so, the worst first, and where traffic was not treated as they say. */
export function FindingsView({ page, rows, state }: Props) {
  const keys = useMemo(() => new Set(rows.map(({ key }) => key)), [rows])
  const [most, setMost] = useState(atOnce)
  const found = page.findings.filter(({ policy }) => keys.has(refKey(policy)))
  const sorted = severities.flatMap((severity) => found.filter((one) => one.severity === severity))
  const differing = state.narrowed ? [] : page.differing
  if (sorted.length + differing.length === 0)
    return (
      <EmptyState title="Nothing to find fault with">No rule of the lint found anything in these policies.</EmptyState>
    )
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- scrolls by itself, so it must be reached by keyboard
    <section className="min-h-0 flex-1 overflow-auto px-3 pb-4" tabIndex={0} aria-label="Findings">
      {differing.length > 0 && <Differing edges={differing} page={page} />}
      {sorted.length > 0 && (
        <>
          <h2 className="flex items-baseline gap-3 pt-3 pb-1 font-semibold">
            In the policies
            <span className="text-xs font-normal text-fg-3">{countWords(sorted)}</span>
          </h2>
          <ul className="max-w-5xl">
            {sorted.slice(0, most).map((finding) => (
              <FindingItem
                key={`${finding.rule} ${refKey(finding.policy)} ${finding.path} ${finding.message}`}
                finding={finding}
                cluster={page.cluster}
                onOpen={() => state.open(refKey(finding.policy))}
              />
            ))}
          </ul>
          {sorted.length > most && (
            <Button size="sm" className="mt-2" onClick={() => setMost(most + 5 * atOnce)}>
              Show more of {formatCount(sorted.length)}
            </Button>
          )}
        </>
      )}
    </section>
  )
}

const severityWords: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note' }

const countWords = (found: readonly LintFinding[]) =>
  severities
    .map((severity) => [severity, found.filter((one) => one.severity === severity).length] as const)
    .flatMap(([severity, count]) => (count > 0 ? [plural(count, severityWords[severity])] : []))
    .join(', ')

type ItemProps = {
  finding: LintFinding
  cluster: string
  /** Absent where its policy is open already. */
  onOpen?: () => void
}

/** One finding: what, where, and what to do about it. */
export function FindingItem({ finding, cluster, onOpen }: ItemProps) {
  const { severity, policy, path, message, remedy, rule } = finding
  const kept = useKeptSearch()
  const canEdit = useCanEdit()
  return (
    <li className="flex gap-2 border-b border-line py-2 last:border-b-0">
      <StatusMark status={severityStatus[severity]} label={severityWords[severity]} className="mt-1 h-fit" />
      <div className="min-w-0 flex-1">
        <p className="break-words">{message}</p>
        <p className="mt-0.5 text-xs break-words text-fg-2">{remedy}</p>
        <p className="mt-0.5 flex flex-wrap items-center gap-x-3 text-xs text-fg-3">
          {onOpen && (
            <button
              type="button"
              onClick={onOpen}
              className="inline-flex min-h-6 items-center text-left text-fg-2 hover:underline"
            >
              {policyName(policy)}
            </button>
          )}
          {path && <code className="font-mono text-2xs">{path}</code>}
          <span>{rule}</span>
          {canEdit && (
            <Link
              prefetch={false}
              href={editorPath({ cluster, ref: policy }, kept)}
              className="inline-flex h-6 items-center text-accent hover:underline"
              aria-label={`Open in the editor: ${policyName(policy)}`}
            >
              Open in the editor
            </Link>
          )}
        </p>
      </div>
    </li>
  )
}

const differingAtOnce = 8

function Differing({ edges, page }: { edges: readonly DifferingEdge[]; page: ShownPage }) {
  const [whole, setWhole] = useState(false)
  const kept = useKeptSearch()
  const shown = whole ? edges : edges.slice(0, differingAtOnce)
  return (
    <>
      <h2 className="flex items-baseline gap-3 pt-3 pb-1 font-semibold">
        Not as the policies say
        <span className="text-xs font-normal text-fg-3">
          {plural(page.traffic.differing, 'edge')} of {formatCount(page.traffic.edges)} that were recorded
        </span>
      </h2>
      <ul className="max-w-5xl">
        {shown.map((edge) => (
          <li key={`${edge.id} ${edge.says}`} className="flex gap-2 border-b border-line py-2 last:border-b-0">
            <StatusMark status="warn" label="differs" className="mt-1 h-fit" />
            <div className="min-w-0 flex-1">
              <p className="font-mono text-xs break-words">
                {edge.from} → {edge.to}
                {edge.port !== null && `:${edge.port}`} {edge.protocol}
              </p>
              <p className="mt-0.5 text-xs break-words text-fg-2">{edge.text}</p>
              <p className="flex flex-wrap items-center gap-x-3 text-xs text-fg-3">
                <span>last {formatAgo(edge.last, page.at)}</span>
                <Link
                  prefetch={false}
                  href={`/${kept}${kept ? '&' : '?'}lens=policy&sel=${encodeURIComponent(edge.id)}`}
                  className="inline-flex h-6 items-center text-accent hover:underline"
                  aria-label={`On the map: ${edge.from} to ${edge.to}`}
                >
                  On the map
                </Link>
                <Link
                  prefetch={false}
                  href={editorPath({ why: edge.id }, kept)}
                  className="inline-flex h-6 items-center text-accent hover:underline"
                  aria-label={`Why? ${edge.from} to ${edge.to}`}
                >
                  Why?
                </Link>
              </p>
            </div>
          </li>
        ))}
      </ul>
      {edges.length > shown.length && (
        <Button size="sm" className="mt-2" onClick={() => setWhole(true)}>
          Show all {formatCount(edges.length)}
        </Button>
      )}
    </>
  )
}

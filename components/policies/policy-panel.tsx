'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useCallback, useRef } from 'react'
import { shownKind } from '@/core/policy/policy-name'
import { placeRules } from '@/core/policy/policy-place'
import { tierName } from '@/core/policy/tier-name'
import { formatAgo, formatCount, formatShort } from '../format'
import { Fact, PanelHead } from '../map/panel/panel-parts'
import { ErrorState } from '../shell/error-state'
import { useKeptSearch } from '../shell/use-kept-search'
import { useShortcut } from '../shell/use-shortcuts'
import { StatusMark } from '../status-mark'
import { Button, buttonClass } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Segmented } from '../ui/segmented'
import { Skeleton } from '../ui/skeleton'
import { useViewParams } from '../url-state'
import { usePanelFocus } from '../use-panel-focus'
import { useCanEdit } from './can-edit'
import { editorPath } from './editor-links'
import { FindingItem } from './findings-view'
import { tierOf, writtenOrder } from './place-of'
import { PolicyHistory } from './policy-history'
import { PolicyRules } from './policy-rules'
import { ownerAdvice, ownerWords } from './policy-words'
import { policyQuery } from './queries'
import { decides, directionWords, unknownUseWords, witnessWords } from './row-words'
import { SelectedWorkloads } from './selected-workloads'
import { trafficFilter } from './traffic-filter'
import type { PoliciesState } from './use-policies-state'
import { YamlView } from './yaml-view'
import type { ShownPage, ShownPolicy } from './shown-page'

const parts = ['rules', 'yaml', 'history', 'findings'] as const
type Part = (typeof parts)[number]

type Props = { page: ShownPage; state: PoliciesState; refKey: string }

/** One policy: what it decides, as it is written, who changed it, and what is wrong with it. Escape closes it. In a narrow window it takes the place of the list. */
export function PolicyPanel({ page, state, refKey }: Props) {
  const { open } = state
  const close = useCallback(() => open(null), [open])
  useShortcut('up', close)
  const panel = useRef<HTMLElement>(null)
  usePanelFocus(panel)
  const row = page.policies.find(({ key }) => key === refKey)
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      aria-label="Policy"
      className="absolute inset-0 z-10 flex shrink-0 flex-col overflow-y-auto bg-panel px-[max(1rem,calc((100%-640px)/2))] py-3.5 outline-none *:shrink-0 lg:static lg:w-[400px] lg:border-l lg:border-line lg:px-4 min-[1280px]:w-[440px] min-[1700px]:w-[520px]"
    >
      <Button size="sm" className="mb-3 self-start lg:hidden" onClick={close}>
        ← All policies
      </Button>
      {row ? (
        <Policy row={row} page={page} state={state} onClose={close} />
      ) : (
        <Gone page={page} refKey={refKey} onClose={close} />
      )}
    </aside>
  )
}

/** What is not there now may have been: its history is kept, and it can be restored. */
function Gone({ page, refKey, onClose }: { page: ShownPage; refKey: string; onClose: () => void }) {
  const { q: _q, ...params } = useViewParams()
  const { data } = useQuery(policyQuery({ ...params, cluster: page.cluster, ref: refKey }))
  return (
    <>
      <PanelHead title={refKey.split('/').at(-1)} identity={refKey} onClose={onClose} />
      <p className="border-b border-line pb-2 text-fg-2">
        There is no such policy in {page.cluster} now. It was deleted or renamed, or it is in another cluster.
      </p>
      {data && data.versions.length > 0 && <PolicyHistory object={data} />}
    </>
  )
}

type PolicyProps = { row: ShownPolicy; page: ShownPage; state: PoliciesState; onClose: () => void }

function Policy({ row, page, state, onClose }: PolicyProps) {
  const { q: _q, ...params } = useViewParams()
  const query = useQuery(policyQuery({ ...params, cluster: page.cluster, ref: row.key }))
  const part = parts.find((one) => one === state.part) ?? 'rules'
  const findings = row.findings.flatMap((at) => page.findings[at] ?? [])
  const words: Readonly<Record<Part, string>> = {
    rules: 'Rules',
    yaml: 'YAML',
    history: 'History',
    findings: findings.length > 0 ? `Findings ${formatCount(findings.length)}` : 'Findings',
  }
  return (
    <>
      <PanelHead
        title={row.ref.name}
        identity={[page.cluster, row.ref.namespace ?? 'whole cluster', shownKind(row.ref)].join(' / ')}
        onClose={onClose}
      />
      <PolicyFacts row={row} page={page} />
      <div className="sticky -top-3.5 z-[1] bg-panel py-2.5">
        <Segmented
          label="Part"
          value={part}
          options={parts.map((value) => ({ value, label: words[value] }))}
          onChange={(next) => void state.setState({ part: next === 'rules' ? null : next })}
        />
      </div>
      {part === 'findings' ? (
        findings.length === 0 ? (
          <p className="text-fg-3">No rule of the lint found anything in it.</p>
        ) : (
          <ul>
            {findings.map((finding) => (
              <FindingItem
                key={`${finding.rule} ${finding.path} ${finding.message}`}
                finding={finding}
                cluster={page.cluster}
              />
            ))}
          </ul>
        )
      ) : part === 'rules' ? (
        <PolicyRules row={row} page={page} object={query.data?.now ?? undefined} />
      ) : query.error && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Skeleton className="h-60" />
      ) : part === 'yaml' ? (
        <YamlView text={query.data.now?.yaml ?? ''} label={`YAML of ${row.name}`} />
      ) : (
        <PolicyHistory object={query.data} />
      )}
      <Actions row={row} page={page} />
    </>
  )
}

/** Where it is read, whom it selects, what it did, and who keeps it. */
function PolicyFacts({ row, page }: { row: ShownPolicy; page: ShownPage }) {
  const tier = tierOf(row, page.tiers)
  const advice = ownerAdvice(row.owner)
  return (
    <>
      {row.unreadable !== null && (
        <p className="rounded-md border border-bad px-2.5 py-2">
          <StatusMark status="bad" label="Cannot be read" showLabel className="font-semibold" />
          <span className="mt-0.5 block text-fg-2">{row.unreadable}. What it decides is not known.</span>
        </p>
      )}
      {row.mode === 'staged' && (
        <Fact name="State">
          <StatusMark status="audit" label="staged, not enforced" showLabel />
        </Fact>
      )}
      {tier !== null && (
        <Fact name="Tier">
          {tierName(tier)}{' '}
          {placeRules(row.ref) && <span className="text-fg-3">at {writtenOrder(row, tier) ?? 'its end'}</span>}
        </Fact>
      )}
      {row.places.length > 0 && (
        <Fact name="Directions">
          {directionWords(row)}
          <span className="text-fg-3">
            {row.isolates.length > 0
              ? `; what it selects is isolated ${row.isolates.map((one) => (one === 'ingress' ? 'in' : 'out')).join(' and ')}`
              : '; isolates nothing'}
          </span>
        </Fact>
      )}
      {row.layer !== 'none' && <SelectedWorkloads row={row} page={page} />}
      {decides(row) && (
        <Fact name="Decided">
          {row.hits.edges === 0 ? (
            <span className="text-fg-3">{row.unknownUse ? unknownUseWords : 'nothing that was recorded'}</span>
          ) : (
            <>
              {formatShort(row.hits.allowed)} allowed, {formatShort(row.hits.denied)} denied{' '}
              <span className="text-fg-3">
                · last {formatAgo(row.hits.lastUsed, page.at)} · {witnessWords(row.hits)}
              </span>
            </>
          )}
        </Fact>
      )}
      <Fact name="Owner">
        {ownerWords(row.owner)}
        {advice && <span className="block text-xs text-fg-3">{advice}</span>}
      </Fact>
    </>
  )
}

/** Where to go from it. */
function Actions({ row, page }: { row: ShownPolicy; page: ShownPage }) {
  const kept = useKeptSearch()
  const canEdit = useCanEdit()
  const filter = trafficFilter(row, page)
  const joint = kept ? '&' : '?'
  return (
    <div className="sticky -bottom-3.5 mt-auto -mb-3.5 flex flex-wrap items-center gap-1.5 border-t border-line bg-panel py-3">
      {canEdit && (
        <Link
          prefetch={false}
          href={editorPath({ cluster: page.cluster, ref: row.ref }, kept)}
          className={buttonClass('primary')}
        >
          Edit
        </Link>
      )}
      {filter !== null && (
        <>
          <Link
            href={`/flows${kept}${joint}q=${encodeURIComponent(`verdict:denied ${filter}`)}`}
            className={buttonClass()}
          >
            Denied flows
          </Link>
          <Link href={`/${kept}${joint}lens=policy&q=${encodeURIComponent(filter)}`} className={buttonClass()}>
            On the map
          </Link>
        </>
      )}
      <CopyButton text={() => location.href} label="Copy link" />
    </div>
  )
}

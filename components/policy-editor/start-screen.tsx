'use client'

import Link from 'next/link'
import { useMemo, useState } from 'react'
import type { NewKind } from '@/core/policy/edit/new-policy'
import type { PolicyGround } from '@/core/policy/ground'
import { type PolicyRef, refKey } from '@/core/policy/normal-form'
import { policyName } from '@/core/policy/policy-name'
import { formatAgo, plural } from '../format'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { Select } from '../ui/select'
import { useNow } from '../use-now'
import { DraftsList } from './drafts/drafts-list'
import { effectEnd } from '@/core/policy/what-if/ground-end'
import { newKinds } from './new-kinds'

type Props = {
  ground: PolicyGround
  /** Only what is about this namespace; null: the whole cluster. */
  namespace: string | null
  /** Why nothing is open. */
  sentences: readonly string[]
  onNew: (kind: NewKind, namespace: string) => void
  onOpen: (ref: PolicyRef) => void
  onSuggest: (namespace: string) => void
}

const mostShown = 8

/** Where to begin: what was denied, an object that there is, a new one, or a draft. */
export function StartScreen({ ground, namespace, sentences, onNew, onOpen, onSuggest }: Props) {
  return (
    <div className="min-h-0 flex-1 overflow-auto">
      <div className="mx-auto flex max-w-5xl flex-col gap-6 px-6 py-8">
        <div className="flex flex-col gap-1">
          <h2 className="text-lg font-semibold">
            {namespace === null
              ? `Change what is allowed in ${ground.cluster}`
              : `Change what is allowed in ${namespace}`}
          </h2>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
          <p className="max-w-3xl text-fg-2">
            Begin with an edge, an object or a blank policy. While you edit, the whole set of policies with your draft
            is held against the traffic that was recorded, so you see what it would cut and what it would open. Nothing
            is changed before you apply it, and what you applied can be undone.
          </p>
        </div>
        <div className="grid grid-cols-1 items-start gap-6 lg:grid-cols-2">
          <div className="flex min-w-0 flex-col gap-6">
            <DeniedEdges ground={ground} namespace={namespace} />
            <NewPolicy ground={ground} namespace={namespace} onNew={onNew} onSuggest={onSuggest} />
          </div>
          <div className="flex min-w-0 flex-col gap-6">
            <OpenPolicy ground={ground} namespace={namespace} onOpen={onOpen} />
            <DraftsList />
          </div>
        </div>
      </div>
    </div>
  )
}

function DeniedEdges({ ground, namespace }: Pick<Props, 'ground' | 'namespace'>) {
  const now = useNow()
  const { workloads } = ground.model
  const denied = useMemo(() => {
    const of = (end: (typeof ground.edges)[number]['to']) =>
      end.type === 'workload' ? workloads[end.workload]?.namespace : null
    return ground.edges
      .filter(
        (edge) => edge.lastDenied !== null && (namespace === null || [of(edge.to), of(edge.from)].includes(namespace)),
      )
      .sort((a, b) => (b.denied ?? 0) - (a.denied ?? 0))
  }, [ground, workloads, namespace])
  return (
    <section aria-label="Denied traffic" className="flex flex-col gap-2">
      <h2 className="font-semibold">Denied traffic</h2>
      {denied.length === 0 ? (
        <p className="text-fg-2">Nothing was denied in this time.</p>
      ) : (
        <ul className="rounded-lg border border-line bg-panel">
          {denied.slice(0, mostShown).map((edge) => (
            <li key={edge.id} className="flex min-h-9 items-center gap-3 border-b border-line px-3 last:border-b-0">
              <span className="min-w-0 flex-1 truncate font-mono text-xs">
                {effectEnd(workloads, edge.from).name} → {effectEnd(workloads, edge.to).name}
                {edge.port === null ? '' : ` :${edge.port}`}
              </span>
              <span className="text-xs text-fg-3">
                {plural(edge.denied ?? 0, 'attempt')}, {formatAgo(edge.lastDenied, now ?? ground.at)}
              </span>
              <EdgeLink way="why" id={edge.id} label="Why?" />
              <EdgeLink way="allow" id={edge.id} label="Allow…" />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

const EdgeLink = ({ way, id, label }: { way: 'allow' | 'why'; id: string; label: string }) => (
  <Link
    href={`/policies/edit?${way}=${encodeURIComponent(id)}`}
    className="inline-flex min-h-6 items-center text-xs text-accent hover:underline"
  >
    {label}
  </Link>
)

function OpenPolicy({ ground, namespace, onOpen }: Pick<Props, 'ground' | 'namespace' | 'onOpen'>) {
  const [text, setText] = useState('')
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  const found = ground.records.filter(
    ({ ref }) =>
      (namespace === null || ref.namespace === namespace) &&
      words.every((word) => policyName(ref).toLowerCase().includes(word)),
  )
  return (
    <section aria-label="Policies" className="flex flex-col gap-2">
      <h2 className="font-semibold">Open a policy</h2>
      <Input
        aria-label="Find a policy"
        placeholder="find a policy"
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <ul className="max-h-72 overflow-auto rounded-lg border border-line bg-panel">
        {found.slice(0, 100).map(({ ref }) => (
          <li key={refKey(ref)} className="border-b border-line last:border-b-0">
            <button
              type="button"
              onClick={() => onOpen(ref)}
              className="flex min-h-8 w-full items-center px-3 text-left font-mono text-xs hover:bg-hover focus-visible:-outline-offset-2"
            >
              {policyName(ref)}
            </button>
          </li>
        ))}
        {found.length === 0 && <li className="px-3 py-2 text-xs text-fg-3">No policy of this name.</li>}
      </ul>
    </section>
  )
}

function NewPolicy({
  ground,
  namespace,
  onNew,
  onSuggest,
}: Pick<Props, 'ground' | 'namespace' | 'onNew' | 'onSuggest'>) {
  const names = ground.model.namespaces.map(({ name }) => name)
  const [chosen, setChosen] = useState(namespace ?? names.find((name) => name === 'default') ?? names[0] ?? 'default')
  return (
    <section aria-label="New policy" className="flex flex-col gap-2">
      <h2 className="font-semibold">Begin a new one</h2>
      <Field label="Namespace">
        {(id) => (
          <Select
            id={id}
            value={chosen}
            choices={[...new Set([...names, chosen])].map((value) => ({ value, label: value }))}
            onChange={setChosen}
          />
        )}
      </Field>
      <ul className="rounded-lg border border-line bg-panel">
        {newKinds(ground).map(({ kind, title, sentence }) => (
          <li key={kind} className="border-b border-line last:border-b-0">
            <button
              type="button"
              onClick={() => onNew(kind, chosen)}
              className="flex w-full flex-col px-3 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2"
            >
              <span>{title}</span>
              <span className="text-xs text-fg-2">{sentence}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button className="self-start" onClick={() => onSuggest(chosen)}>
        Suggest least privilege for {chosen} from traffic
      </Button>
    </section>
  )
}

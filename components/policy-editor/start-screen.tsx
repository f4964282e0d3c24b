'use client'

import { useState } from 'react'
import type { NewKind } from '@/core/policy/edit/new-policy'
import type { PolicyGround } from '@/core/policy/ground'
import { type PolicyRef, refKey } from '@/core/policy/normal-form'
import { policyName } from '@/core/policy/policy-name'
import { useWhyNotEdit } from '../access/use-why-not-edit'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'
import { Select } from '../ui/select'
import { DeniedEdges } from './denied-edges'
import { DraftsList } from './drafts/drafts-list'
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

/** Where to begin: what was denied, an object that there is, a new one, or a draft. */
export function StartScreen({ ground, namespace, sentences, onNew, onOpen, onSuggest }: Props) {
  const whyNotEdit = useWhyNotEdit()
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
          {whyNotEdit && (
            <p className="max-w-3xl text-fg-2">
              You may look and draft. Applying needs the role of an editor: ask who runs Oriel for it.
            </p>
          )}
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

'use client'

import { readSelector } from '@/core/access/selector-text'
import { type NamespaceRule, ruleName } from '@/core/access/team'
import { Button, IconButton } from '../ui/button'
import { Input } from '../ui/input'
import { Select } from '../ui/select'

/** A rule as it is being typed. */
export type RuleDraft = {
  readonly key: number
  readonly by: 'name' | 'selector'
  readonly cluster: string
  readonly text: string
}

export const draftOf = (rule: NamespaceRule, key: number): RuleDraft => ({
  key,
  by: 'name' in rule ? 'name' : 'selector',
  cluster: rule.cluster ?? '',
  text: 'name' in rule ? rule.name : rule.selector,
})

export function ruleOf({ by, cluster, text }: RuleDraft): NamespaceRule {
  const of = cluster === '' ? null : cluster
  return by === 'name' ? { cluster: of, name: text.trim() } : { cluster: of, selector: text.trim() }
}

/** Why a rule means nothing; null: it is fine, or nothing is typed yet. */
export function ruleProblem({ by, text }: RuleDraft): string | null {
  const typed = text.trim()
  if (typed === '') return null
  if (by === 'name')
    return typed.length <= 63 && ruleName.test(typed)
      ? null
      : 'A name has small letters, digits and dashes between them; * stands for any.'
  const read = readSelector(typed)
  return 'problem' in read ? read.problem : null
}

type Props = {
  rules: readonly RuleDraft[]
  clusters: readonly string[]
  onChange: (rules: readonly RuleDraft[]) => void
}

/** Which namespaces: by name, by a name with stars, or by their labels; of every cluster or of one. */
export function RuleRows({ rules, clusters, onChange }: Props) {
  const set = (key: number, part: Partial<RuleDraft>) =>
    onChange(rules.map((rule) => (rule.key === key ? { ...rule, ...part } : rule)))
  const add = () =>
    onChange([...rules, { key: 1 + Math.max(0, ...rules.map(({ key }) => key)), by: 'name', cluster: '', text: '' }])
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-xs text-fg-2">Namespaces</legend>
      {rules.map((rule, at) => (
        <Row
          key={rule.key}
          rule={rule}
          number={at + 1}
          clusters={clusters}
          onChange={(part) => set(rule.key, part)}
          onRemove={() => onChange(rules.filter(({ key }) => key !== rule.key))}
        />
      ))}
      <div>
        <Button size="sm" onClick={add}>
          Add namespaces
        </Button>
      </div>
    </fieldset>
  )
}

const ways = [
  { value: 'name', label: 'Name' },
  { value: 'selector', label: 'Labels' },
] as const

function Row({
  rule,
  number,
  clusters,
  onChange,
  onRemove,
}: {
  rule: RuleDraft
  number: number
  clusters: readonly string[]
  onChange: (part: Partial<RuleDraft>) => void
  onRemove: () => void
}) {
  const problem = ruleProblem(rule)
  const names = [...new Set([...clusters, ...(rule.cluster === '' ? [] : [rule.cluster])])]
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <Select aria-label={`Rule ${number}: by`} value={rule.by} choices={ways} onChange={(by) => onChange({ by })} />
        <Input
          aria-label={`Rule ${number}: ${rule.by === 'name' ? 'name' : 'labels'}`}
          aria-invalid={problem !== null}
          className="w-64 flex-1 font-mono text-xs"
          maxLength={1_000}
          placeholder={rule.by === 'name' ? 'shop, pay-*' : 'team=shop,env in (prod,stage)'}
          value={rule.text}
          onChange={(event) => onChange({ text: event.target.value })}
        />
        <span className="text-fg-3">in</span>
        <Select
          aria-label={`Rule ${number}: cluster`}
          value={rule.cluster}
          choices={[{ value: '', label: 'every cluster' }, ...names.map((name) => ({ value: name, label: name }))]}
          onChange={(cluster) => onChange({ cluster })}
        />
        <IconButton label={`Remove rule ${number}`} onClick={onRemove}>
          ×
        </IconButton>
      </div>
      {problem !== null && <p className="mt-1 text-xs text-fg-2">{problem}</p>}
    </div>
  )
}

'use client'

import { useMemo } from 'react'
import { formatCount } from '../format'
import { SearchField } from '../shell/search-field'
import { ChoiceMenu } from '../ui/menu'
import { Segmented } from '../ui/segmented'
import { clusterWide, type Facet, facetChoices, type FacetChoice, policyStates, stateWords } from './narrow-policies'
import { type PoliciesState, type PolicyGroup, policyGroups, type PolicyView, policyViews } from './use-policies-state'
import type { ShownPage } from './shown-page'

const viewWords: Readonly<Record<PolicyView, string>> = {
  list: 'List',
  board: 'Board',
  coverage: 'Coverage',
  matrix: 'Matrix',
  findings: 'Findings',
}

const groupWords: Readonly<Record<PolicyGroup, string>> = {
  none: 'Not grouped',
  namespace: 'By namespace',
  tier: 'By tier',
}

const facets: readonly { readonly facet: Facet; readonly name: string; readonly all: string }[] = [
  { facet: 'kind', name: 'Kind', all: 'All kinds' },
  { facet: 'ns', name: 'Namespace', all: 'All namespaces' },
  { facet: 'owner', name: 'Owner', all: 'All owners' },
  { facet: 'state', name: 'State', all: 'Any state' },
]

/** Which view, and what it is narrowed to. */
export function PoliciesBar({ page, state }: { page: ShownPage; state: PoliciesState }) {
  const { view, setView, find, kind, ns, owner, state: use, group, setState } = state
  const choices = useMemo(
    () => facetChoices(page.policies, page.workloads, { find, kind, ns, owner, state: use }),
    [page, find, kind, ns, owner, use],
  )
  const shown = view === 'coverage' ? facets.filter(({ facet }) => facet === 'ns') : facets
  return (
    <div className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      <Segmented
        label="View"
        value={view}
        onChange={setView}
        options={policyViews.map((value) => ({
          value,
          label:
            value === 'findings' && page.findings.length > 0
              ? `Findings ${formatCount(page.findings.length)}`
              : viewWords[value],
        }))}
      />
      <SearchField
        label={view === 'coverage' ? 'Find a workload' : 'Find a policy'}
        placeholder={view === 'coverage' ? 'workload or namespace' : 'name, workload, owner'}
        value={find}
        onChange={(next) => void setState({ find: next })}
        className="min-w-44 min-[1280px]:max-w-72"
      />
      {shown.map(({ facet, name, all }) => (
        <FacetMenu
          key={facet}
          name={name}
          all={all}
          value={state[facet]}
          choices={choices[facet]}
          onChange={(value) => void setState({ [facet]: value })}
        />
      ))}
      {view === 'list' && (
        <ChoiceMenu
          label="Group"
          value={group}
          onChange={(next) => void setState({ group: policyGroups.find((one) => one === next) ?? 'none' })}
          choices={policyGroups.map((value) => ({ value, label: groupWords[value] }))}
        >
          <span className={group === 'none' ? 'text-fg-2' : ''}>{group === 'none' ? 'Group' : groupWords[group]}</span>
        </ChoiceMenu>
      )}
    </div>
  )
}

type FacetProps = {
  name: string
  /** What the choice of everything is called. */
  all: string
  value: string | null
  choices: readonly FacetChoice[]
  onChange: (value: string | null) => void
}

const wordOf = (value: string): string => {
  if (value === clusterWide) return 'whole cluster'
  const known = policyStates.find((one) => one === value)
  return known ? stateWords[known] : value
}

function FacetMenu({ name, all, value, choices, onChange }: FacetProps) {
  if (choices.length < 2 && value === null) return null
  return (
    <ChoiceMenu
      label={name}
      value={value ?? ''}
      onChange={(next) => onChange(next || null)}
      choices={[
        { value: '', label: all },
        ...choices.map((choice) => ({
          value: choice.value,
          label: wordOf(choice.value),
          hint: formatCount(choice.count),
        })),
      ]}
    >
      <span className={`max-w-36 truncate ${value === null ? 'text-fg-2' : ''}`}>
        {value === null ? name : wordOf(value)}
      </span>
    </ChoiceMenu>
  )
}

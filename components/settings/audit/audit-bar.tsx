'use client'

import { auditNouns } from '@/core/audit/actions'
import { type AuditPerson, entryResults } from '@/core/audit/entry'
import { formatCount } from '../../format'
import { SearchField } from '../../shell/search-field'
import { Button } from '../../ui/button'
import { ChoiceMenu } from '../../ui/menu'
import { AuditTime } from './audit-time'
import { aboutWords, nameWords, resultWords } from './audit-words'
import type { AuditState } from './use-audit-state'

const nouns = Object.entries(auditNouns).map(([value, label]) => ({ value, label }))

/** What the list is narrowed to. `people`: who is in it. */
export function AuditBar({ state, people }: { state: AuditState; people: readonly AuditPerson[] }) {
  const { who, about, result, find, setState, clear, narrowed } = state
  const chosen = people.find((person) => person.who === who)
  return (
    <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
      <SearchField
        label="Find in the audit"
        placeholder="name, target, reason, address"
        value={find}
        onChange={(next) => void setState({ find: next })}
        className="min-w-40 min-[1280px]:max-w-64"
      />
      <AuditTime state={state} />
      <Choice
        name="Person"
        all="Everybody"
        value={who}
        words={chosen ? nameWords(chosen.name) : (who ?? '')}
        choices={people.map((person) => ({
          value: person.who,
          label: nameWords(person.name),
          hint: formatCount(person.count),
        }))}
        onChange={(next) => void setState({ who: next })}
      />
      <Choice
        name="Action"
        all="All actions"
        value={about}
        words={about === null ? '' : aboutWords(about)}
        choices={about === null || about in auditNouns ? nouns : [{ value: about, label: aboutWords(about) }, ...nouns]}
        onChange={(next) => void setState({ about: next })}
      />
      <Choice
        name="Result"
        all="Any result"
        value={result}
        words={result === null ? '' : resultWords[result]}
        choices={entryResults.map((value) => ({ value, label: resultWords[value] }))}
        onChange={(next) => void setState({ result: entryResults.find((one) => one === next) ?? null })}
      />
      {narrowed && (
        <Button variant="quiet" onClick={clear}>
          Clear
        </Button>
      )}
    </div>
  )
}

type ChoiceProps = {
  name: string
  /** What the choice of everything is called. */
  all: string
  value: string | null
  /** What the chosen one is called. */
  words: string
  choices: readonly { readonly value: string; readonly label: string; readonly hint?: string }[]
  onChange: (value: string | null) => void
}

const Choice = ({ name, all, value, words, choices, onChange }: ChoiceProps) => (
  <ChoiceMenu
    label={name}
    value={value ?? ''}
    choices={[{ value: '', label: all }, ...choices]}
    onChange={(next) => onChange(next || null)}
  >
    <span className={`max-w-44 truncate ${value === null ? 'text-fg-2' : ''}`}>{value === null ? name : words}</span>
  </ChoiceMenu>
)

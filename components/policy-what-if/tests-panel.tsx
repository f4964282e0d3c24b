'use client'

import { workloadKey } from '@/core/policy/model'
import type { DraftTest, DraftTestResult } from '@/core/policy/what-if/answer'
import { CardTable, cell, rowClass } from '../encryption/parts'
import { formatMs } from '../format'
import { type Status, StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { portText, verdictWords } from './effect-words'
import type { TestsPanelProps } from './panel-props'
import { holdsWords } from './holds-words'
import { TestForm } from './test-form'
import { useDraftTests } from './use-what-if'

/** "Can X reach Y on P?", asked again with each change of the draft, and what must be so. */
export function TestsPanel({ ground, changes, staged, tests, onTests }: TestsPanelProps) {
  const { answer, current, ms, error } = useDraftTests(ground, changes, tests, { staged })
  const results = answer ?? []
  return (
    <section aria-label="Tests of this draft" className="min-w-0">
      <div className="flex min-h-9 flex-wrap items-center gap-3 py-1">
        <h2 className="font-semibold">Tests of this draft</h2>
        <output className="text-xs text-fg-3">{wordsOf(tests.length, results, current ? ms : null)}</output>
      </div>
      {error !== null && (
        <p role="alert" className="py-1 text-fg-2">
          The tests could not be run: {error}
        </p>
      )}
      {tests.length > 0 && (
        <CardTable
          label="Tests"
          className="min-w-[680px]"
          heads={[
            { title: 'Question', className: 'w-[30%]' },
            { title: 'Must be', className: 'w-24' },
            { title: 'Before', className: 'w-24' },
            { title: 'With this draft', className: 'w-36' },
            { title: 'Why' },
            { title: <span className="sr-only">Delete</span>, className: 'w-20' },
          ]}
        >
          {tests.map((test, i) => (
            <TestRow
              key={`${i} ${questionText(test)}`}
              test={test}
              result={results.find((one) => questionText(one.test) === questionText(test))}
              onDelete={() => onTests(tests.filter((_, k) => k !== i))}
            />
          ))}
        </CardTable>
      )}
      <TestForm
        workloads={ground?.model.workloads.map(workloadKey) ?? []}
        services={ground?.model.services.map((service) => `Service ${workloadKey(service)}`) ?? []}
        onAdd={(test) => onTests([...tests, test])}
      />
    </section>
  )
}

function wordsOf(tests: number, results: readonly DraftTestResult[], ms: number | null): string {
  if (tests === 0) return 'Ask whether one workload reaches another. The questions are kept with the draft.'
  if (ms === null || results.length === 0) return 'working it out …'
  return `${holdsWords(tests, results)}, answered in ${formatMs(ms)}`
}

const questionText = ({ from, to, expect, ...port }: DraftTest) => `${from} → ${to}${portText(port)} ${expect}`

const holdsStatus: Readonly<Record<DraftTestResult['holds'], readonly [Status, string]>> = {
  yes: ['ok', 'holds'],
  no: ['bad', 'does not hold'],
  unclear: ['unknown', 'left open'],
}

type RowProps = { test: DraftTest; result: DraftTestResult | undefined; onDelete: () => void }

function TestRow({ test, result, onDelete }: RowProps) {
  const { answer } = result ?? {}
  const told = answer && !('problem' in answer) ? answer : null
  const [status, word] = holdsStatus[result?.holds ?? 'unclear']
  const why = answer && 'problem' in answer ? answer.problem : (told?.whyAfter.join(' ') ?? '')
  return (
    <tr className={rowClass}>
      <td className={`${cell} py-1 font-mono text-xs wrap-anywhere`}>
        {test.from} → {test.to}
        {portText(test)}
      </td>
      <td className={cell}>{test.expect}</td>
      <td className={`${cell} text-fg-2`}>{told ? verdictWords[told.before] : ''}</td>
      <td className={cell}>
        {result && (
          <StatusMark status={status} label={`${told ? `${verdictWords[told.after]}, ` : ''}${word}`} showLabel />
        )}
      </td>
      <td className={`${cell} py-1 text-xs text-fg-2`}>{why}</td>
      <td className={`${cell} text-right`}>
        <Button size="sm" variant="quiet" aria-label={`Delete the test ${questionText(test)}`} onClick={onDelete}>
          Delete
        </Button>
      </td>
    </tr>
  )
}

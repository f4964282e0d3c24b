'use client'

import type { CodeFigures, FlagFigures } from '@/core/operations/operations'
import { formatCount, formatPercent } from '../format'
import { StatusMark } from '../status-mark'
import { Value } from '../value'
import { codesLine, toldSentence } from './operation-words'
import { Nothing, OperationsPanel } from './panel'
import { ShareBar } from './share-bar'
import { type OperationsOf, useOperations } from './use-operations'

const shownInLine = 4
const shownCodes = 12
const shownFlags = 8

/** How a service answers: response codes and response flags, in one line and as bars. */
export function CodesPanel(of: OperationsOf) {
  const query = useOperations(of)
  const { codes = [], flags = [], told } = query.data ?? {}
  const known = codes.some(({ code }) => code !== '')
  return (
    <OperationsPanel title="How it answers" note={toldSentence(told?.codes ?? [])} query={query} rows={3}>
      {!known && flags.length === 0 ? (
        <Nothing>No response codes were seen in this time.</Nothing>
      ) : (
        <div className="px-3.5 pb-3">
          <p className="pb-1.5 text-fg-2">{codesLine(codes, shownInLine)}</p>
          <ul aria-label="Response codes">
            {codes.slice(0, shownCodes).map((code) => (
              <Code key={`${code.l7} ${code.code}`} code={code} />
            ))}
          </ul>
          {flags.length > 0 && (
            <>
              <h3 className="pt-2.5 pb-1 text-xs text-fg-3">Response flags of proxies</h3>
              <ul aria-label="Response flags">
                {flags.slice(0, shownFlags).map((flag) => (
                  <Flag key={flag.flag} flag={flag} />
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </OperationsPanel>
  )
}

const blameWords = { callee: 'error of the callee', caller: 'the caller’s doing' } as const

function Code({ code: { code, l7, responses, share, blame } }: { code: CodeFigures }) {
  return (
    <li className="grid min-h-7 grid-cols-[minmax(0,9rem)_1fr_4rem] items-center gap-3">
      <span className="flex min-w-0 items-center gap-1.5" title={`${formatCount(responses)} responses, ${l7}`}>
        {blame === 'callee' && <StatusMark status="bad" label={blameWords.callee} />}
        <span className={`truncate text-xs ${code ? 'font-mono' : 'text-fg-3'}`}>{code || 'not told'}</span>
        {blame === 'caller' && <span className="truncate text-2xs text-fg-3">{blameWords.caller}</span>}
      </span>
      <ShareBar share={share} bad={blame === 'callee'} />
      <Value text={formatPercent(share)} className="text-right text-xs" />
    </li>
  )
}

function Flag({ flag: { flag, meaning, requests, share } }: { flag: FlagFigures }) {
  return (
    <li className="flex min-h-7 items-center gap-3 text-xs" title={`${formatCount(requests)} requests`}>
      <span className="w-14 shrink-0 font-mono">{flag}</span>
      <span className="min-w-0 flex-1 truncate text-fg-2">{meaning || 'a flag that Oriel does not know'}</span>
      <Value text={formatPercent(share)} />
    </li>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { type FlowFacetId, flowFacetTerm, isAboutFacet } from '@/core/flows/flow-facets'
import { type FlowParams, flowFacetsQuery } from './queries'
import { Skeleton } from '../ui/skeleton'
import { useRemembered } from '../use-remembered'
import { FacetValue } from './facet-value'
import { apartWords, countedWords, facetTitle, moreWords } from './facet-words'
import { useFilterTerm } from './use-filter-term'

/** Choices that narrow the records, with how much of each there is in what the rest of the filter leaves. Pressing one adds it to the filter, or takes it away. */
export function FacetPanel({ params, className = '' }: { params: FlowParams; className?: string }) {
  const { data, isError } = useQuery(flowFacetsQuery(params))
  const [closed, setClosed] = useRemembered('flows.facets.closed', 'reason,port,source')
  const { stateOf, toggle } = useFilterTerm()
  const shut = new Set(closed.split(','))
  const fold = (id: FlowFacetId) => {
    const next = new Set(shut)
    if (!next.delete(id)) next.add(id)
    setClosed([...next].join(','))
  }
  return (
    <aside
      id="facets"
      aria-label="Narrow down"
      className={`w-52 shrink-0 overflow-y-auto overscroll-contain border-r border-line bg-panel pb-4 ${className}`}
    >
      <a
        href="#records"
        className="sr-only rounded-md border border-line bg-raised text-xs focus:not-sr-only focus:m-2 focus:inline-block focus:px-2 focus:py-1"
      >
        Skip to the flows
      </a>
      {!data && !isError && (
        <div className="flex flex-col gap-2 p-3">
          {Array.from({ length: 14 }, (_, i) => (
            <Skeleton key={i} className="h-4" />
          ))}
        </div>
      )}
      {isError && !data && <p className="p-3 text-xs text-fg-3">The counts could not be loaded.</p>}
      {data?.facets.map(({ id, basis, values, more }) => {
        if (values.length === 0) return null
        const most = values[0]?.count ?? 0
        return (
          <section key={id} aria-label={facetTitle[id]}>
            <h2>
              <button
                type="button"
                aria-expanded={!shut.has(id)}
                onClick={() => fold(id)}
                className="flex h-8 w-full items-center gap-1.5 px-3 pt-1 text-2xs text-fg-3 hover:text-fg"
              >
                <span aria-hidden="true" className="w-2">
                  {shut.has(id) ? '▸' : '▾'}
                </span>
                {facetTitle[id]}
              </button>
            </h2>
            {!shut.has(id) && apartWords(id, data) && (
              <p className="px-3 pb-1 text-2xs text-fg-3">{apartWords(id, data)}</p>
            )}
            {!shut.has(id) && (
              <ul>
                {values.map(({ label, value, count }) => {
                  const term = flowFacetTerm(id, value)
                  return (
                    <FacetValue
                      key={label}
                      facet={id}
                      label={label}
                      count={count}
                      basis={basis}
                      share={most === 0 ? 0 : count / most}
                      state={stateOf(term)}
                      onToggle={(deny) => toggle(term, (part) => isAboutFacet(id, part), deny)}
                    />
                  )
                })}
                {more > 0 && <li className="px-3 py-1 text-2xs text-fg-3">{moreWords(more)}</li>}
              </ul>
            )}
          </section>
        )
      })}
      {data && (
        <div className="mx-3 mt-3 flex flex-col gap-1 border-t border-line pt-2 text-2xs text-fg-3">
          {countedWords(data).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
    </aside>
  )
}

'use client'

import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { flowQuery } from './queries'
import { ErrorState } from '../shell/error-state'
import { Button, IconButton } from '../ui/button'
import { CopyButton } from '../ui/copy-button'
import { Segmented } from '../ui/segmented'
import { Skeleton } from '../ui/skeleton'
import { usePanelFocus } from '../use-panel-focus'
import { groupFields, wholePath } from './field-groups'
import { fieldTerm } from './field-term'
import { FilterValue } from './filter-value'
import { FlowFacts } from './flow-facts'
import { FlowDecision } from '../policies/flow-decision'
import { FlowTrace } from './flow-trace'

/** One flow with every field that its source gave, grouped or as JSON. In a narrow window it takes the place of the list. */
export function FlowDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery(flowQuery(id))
  const panel = useRef<HTMLElement>(null)
  usePanelFocus(panel)
  const [as, setAs] = useState<'fields' | 'json'>('fields')
  const json = data ? JSON.stringify(data.fields, null, 2) : ''
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      data-cover
      aria-label="Flow"
      className="absolute inset-0 z-10 flex shrink-0 flex-col bg-panel outline-none lg:static lg:w-[320px] lg:border-l lg:border-line xl:w-[420px]"
    >
      <div className="flex h-10 shrink-0 items-center justify-between gap-2 border-b border-line pr-1.5 pl-4">
        <span className="flex items-center gap-3">
          <Button size="sm" className="lg:hidden" onClick={onClose}>
            ← All flows
          </Button>
          <h2 className="font-semibold">Flow</h2>
        </span>
        <IconButton label="Close (Escape)" onClick={onClose}>
          ×
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-auto px-[max(1rem,calc((100%-640px)/2))] pb-6 lg:px-4">
        {error ? (
          <ErrorState error={error} onRetry={() => void refetch()} />
        ) : !data ? (
          <div className="flex flex-col gap-3 py-4">
            <Skeleton className="h-5 w-3/4" />
            <Skeleton className="h-4 w-1/2" />
            <Skeleton className="h-40" />
          </div>
        ) : (
          <>
            <FlowFacts flow={data} />
            <FlowTrace flow={data} />
            <FlowDecision flow={data} />
            <div className="flex items-center justify-between py-3">
              <Segmented
                label="Fields or JSON"
                value={as}
                onChange={setAs}
                options={[
                  { value: 'fields', label: 'Fields' },
                  { value: 'json', label: 'JSON' },
                ]}
              />
              <CopyButton text={json} label="Copy JSON" />
            </div>
            {as === 'json' ? (
              <pre className="rounded-md border border-line bg-canvas p-3 font-mono text-xs break-all whitespace-pre-wrap">
                {json}
              </pre>
            ) : (
              groupFields(data.fields).map((group) => (
                <section key={group.name} className="pb-3">
                  <h3 className="pb-1 text-2xs text-fg-3">{group.name}</h3>
                  <dl>
                    {group.fields.map((field) => (
                      <div
                        key={field.path}
                        className="group grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-3 border-b border-line py-1 text-xs"
                      >
                        <dt className="truncate text-fg-2" title={field.path}>
                          {field.path}
                        </dt>
                        <dd className="font-mono break-all whitespace-pre-wrap">
                          <FilterValue term={fieldTerm(wholePath(group, field), field.value)}>
                            {field.value}
                          </FilterValue>
                        </dd>
                      </div>
                    ))}
                  </dl>
                </section>
              ))
            )}
          </>
        )}
      </div>
    </aside>
  )
}

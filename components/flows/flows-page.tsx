'use client'

import { useCallback, useState } from 'react'
import { ConsolePage } from '../shell/console-page'
import { useShortcut } from '../shell/use-shortcuts'
import { Button } from '../ui/button'
import { Chip } from '../ui/chip'
import { Segmented } from '../ui/segmented'
import { useRemembered } from '../use-remembered'
import { useRoomy } from '../use-roomy'
import { DeniedView } from './denied-view'
import { DnsView } from './dns-view'
import { ExportMenu } from './export-menu'
import { FacetPanel } from './facet-panel'
import { FlowDrawer } from './flow-drawer'
import { FlowTable } from './flow-table'
import { JumpMenu } from './jump-menu'
import { TableMenu } from './table-menu'
import { useFlowsState, useOpenFlow } from './use-flows-state'
import { useTableLook } from './use-table-look'

/** Show me the very records. */
export function FlowsPage() {
  const state = useFlowsState()
  const look = useTableLook()
  const [open, setOpen] = useOpenFlow()
  const [facets, setFacets] = useRemembered('flows.facets', useRoomy() ? 'shown' : 'hidden')
  const [newest, setNewest] = useState<number | null>(null)
  const shown = facets === 'shown'
  const onOpen = useCallback((id: string | null) => void setOpen(id), [setOpen])
  const close = useCallback(() => void setOpen(null), [setOpen])
  useShortcut('up', open === null ? null : close)
  const table = state.view === 'table'

  return (
    <ConsolePage title="Flows" placeholder="find or filter, e.g. from:web to:db verdict:denied" asOf={newest}>
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5">
        <Button
          aria-expanded={shown}
          aria-controls="facets"
          className={shown ? 'bg-hover' : ''}
          onClick={() => setFacets(shown ? 'hidden' : 'shown')}
        >
          Narrow down
        </Button>
        <Segmented
          label="View"
          value={state.view}
          onChange={(view) => void state.setView(view)}
          options={[
            { value: 'table', label: 'Table' },
            { value: 'denied', label: 'Denied' },
            { value: 'dns', label: 'DNS' },
          ]}
        />
        {state.sel !== null && (
          <Chip onRemove={state.clearSelection} removeLabel="All flows, not only those of the map’s selection">
            <span title={state.sel}>Of what was selected on the map</span>
          </Chip>
        )}
        <span className="flex-1" />
        {table && <JumpMenu zone={look.zone} onJump={state.setAt} />}
        {table && <TableMenu look={look} />}
        <ExportMenu params={state.asked} />
      </div>
      {/* What the drawer covers in a narrow window is not there for keys and readers either. */}
      <div className="relative flex min-h-0 flex-1 max-lg:has-[>[data-cover]]:[&>:not([data-cover])]:invisible">
        {shown && <FacetPanel params={state.asked} className={open === null ? '' : 'max-2xl:hidden'} />}
        <span id="records" tabIndex={-1} className="sr-only" />
        {table && <FlowTable state={state} look={look} open={open} onOpen={onOpen} onNewest={setNewest} />}
        {state.view === 'denied' && <DeniedView state={state} onOpen={onOpen} onNewest={setNewest} />}
        {state.view === 'dns' && <DnsView state={state} onNewest={setNewest} />}
        {open !== null && <FlowDrawer key={open} id={open} onClose={close} />}
      </div>
    </ConsolePage>
  )
}

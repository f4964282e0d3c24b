'use client'

import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { meQuery } from '../access/queries'
import { ClusterPicker } from './cluster-picker'
import { FilterField } from './filter-field'
import { RecordingChip } from './recording-chip'
import { LiveIndicator } from './live-indicator'
import { FrozenTime } from '../share/frozen-time'
import { ShareButton } from '../share/share-button'
import { useFrozenToken } from '../url-state'
import { TimePicker } from './time-picker'
import { UserMenu } from './user-menu'
import { useWho } from './who'

type Props = { title: string; placeholder?: string; actions?: ReactNode; asOf: number | null; timeless: boolean }

/** What a page is about: cluster, filter, time. Everything in it is in the URL. */
export function TopBar({ title, placeholder, actions, asOf, timeless }: Props) {
  const frozen = useFrozenToken() !== null
  const who = useWho()
  const { data: me } = useQuery({ ...meQuery(), enabled: who !== null })
  // The server takes nothing from who sees nothing.
  const mayShare = me?.sees !== 'nothing'
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-2">
      {!timeless && <ClusterPicker />}
      {!timeless && <RecordingChip />}
      {placeholder ? <FilterField placeholder={placeholder} /> : <span className="flex-1" />}
      {actions}
      <div className="ml-auto flex items-center gap-2">
        {!timeless && (frozen ? <FrozenTime /> : <TimePicker />)}
        {!frozen && <LiveIndicator asOf={asOf} timeless={timeless} />}
        {who && mayShare && <ShareButton title={title} asOf={asOf} timeless={timeless} />}
        <UserMenu />
      </div>
    </header>
  )
}

import type { ReactNode } from 'react'

/** What a page of the settings is about, with what can be done. */
export const SettingsHead = ({
  title,
  actions,
  children,
}: {
  title: ReactNode
  actions?: ReactNode
  children?: ReactNode
}) => (
  <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
    <div className="min-w-0 max-w-[72ch]">
      <h2 className="text-lg font-semibold wrap-anywhere">{title}</h2>
      {children && <div className="mt-0.5 text-fg-2">{children}</div>}
    </div>
    {actions && <div className="flex shrink-0 flex-wrap gap-2">{actions}</div>}
  </div>
)

/** Names of groups, or a word where there are none. */
export const GroupNames = ({ groups, none = '–' }: { groups: readonly string[]; none?: string }) =>
  groups.length === 0 ? (
    <span className="text-fg-3">{none}</span>
  ) : (
    <span className="font-mono text-xs wrap-anywhere">{groups.join(', ')}</span>
  )

'use client'

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { roleNames } from '@/core/access/me'
import type { Role } from '@/core/access/rights'
import { adminWarning, type RoleItem } from '@/core/access/settings-teams'
import { meQuery } from '../access/queries'
import { sendJson } from '../api'
import { CardTable, cell, rowClass } from '../encryption/parts'
import { Card } from '../service/card'
import { StatusMark } from '../status-mark'
import { Button } from '../ui/button'
import { Dialog } from '../ui/dialog'
import { GroupsField, groupsOf } from './groups-field'
import { GroupNames } from './settings-head'
import { useChange } from './use-change'

const may: Readonly<Record<Role, string>> = {
  admin: 'sees and changes everything, settings too',
  editor: 'sees everything and changes policies everywhere',
  viewer: 'sees everything',
}

/** Groups that have a role everywhere, whatever the teams. */
export function RolesCard({ roles, knownGroups }: { roles: readonly RoleItem[]; knownGroups: readonly string[] }) {
  const [edited, setEdited] = useState<RoleItem | null>(null)
  return (
    <Card title="Everywhere" figure={<span className="text-xs">whatever the teams</span>}>
      <CardTable
        label="Roles everywhere"
        className="min-w-[560px]"
        heads={[
          { title: 'Role', className: 'w-[38%]' },
          { title: 'Groups of the configuration file', className: 'w-[25%]' },
          { title: 'Groups given here' },
          { title: <span className="sr-only">Change</span>, className: 'w-20' },
        ]}
      >
        {roles.map((item) => (
          <tr key={item.role} className={rowClass}>
            <td className={`${cell} py-1`}>
              {roleNames[item.role]} <span className="text-fg-3">{may[item.role]}</span>
            </td>
            <td className={`${cell} py-1`}>
              <GroupNames groups={item.fromFile} />
            </td>
            <td className={`${cell} py-1`}>
              <GroupNames groups={item.groups} />
            </td>
            <td className={`${cell} py-1 text-right`}>
              <Button
                size="sm"
                variant="quiet"
                aria-label={`Change who is ${roleNames[item.role].toLowerCase()} everywhere`}
                onClick={() => setEdited(item)}
              >
                Change
              </Button>
            </td>
          </tr>
        ))}
      </CardTable>
      {edited && <RoleDialog item={edited} knownGroups={knownGroups} onClose={() => setEdited(null)} />}
    </Card>
  )
}

function RoleDialog({
  item,
  knownGroups,
  onClose,
}: {
  item: RoleItem
  knownGroups: readonly string[]
  onClose: () => void
}) {
  const { role, fromFile, version } = item
  const { data: me } = useQuery(meQuery())
  const [text, setText] = useState(item.groups.join('\n'))
  const [confirmed, setConfirmed] = useState(false)
  const groups = groupsOf(text)
  const warning = role === 'admin' && me ? adminWarning([...fromFile, ...groups], me.local ? null : me.groups) : null
  const { change, busy, problem } = useChange({
    run: () => sendJson('PUT', `roles/${role}`, { version, groups, confirmed }),
    done: () => `Who is ${roleNames[role].toLowerCase()} everywhere is changed`,
    forget: ['teams', 'members', 'me'],
    after: onClose,
  })
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()} title={`${roleNames[role]} everywhere`}>
      <form
        className="flex min-h-0 flex-col gap-3 overflow-auto p-4"
        onSubmit={(event) => {
          event.preventDefault()
          change(undefined)
        }}
      >
        <p className="text-fg-2">Who is in one of these groups {may[role]}.</p>
        <GroupsField
          label="Groups"
          hint={
            fromFile.length > 0
              ? `One a line. The configuration file also names ${fromFile.join(', ')}.`
              : 'One a line, as the login provider tells them.'
          }
          value={text}
          onChange={setText}
          known={knownGroups.filter((group) => !fromFile.includes(group))}
        />
        {warning !== null && (
          <div role="alert" className="rounded-md border border-line-strong px-3 py-2">
            <p className="flex items-baseline gap-1.5">
              <StatusMark status="warn" label="Warning" />
              <span className="min-w-0 flex-1 wrap-anywhere">{warning}</span>
            </p>
            <label className="mt-2 flex min-h-6 items-center gap-2">
              <input type="checkbox" checked={confirmed} onChange={(event) => setConfirmed(event.target.checked)} />I
              know that, do it
            </label>
          </div>
        )}
        {problem !== null && <p role="alert">{problem}</p>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabled={busy || (warning !== null && !confirmed)}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

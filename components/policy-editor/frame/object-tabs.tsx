'use client'

import { shownKind } from '@/core/policy/policy-name'
import type { PolicyRecord } from '@/core/policy/ground'
import { IconButton } from '../../ui/button'
import type { DraftObject } from '../state/draft-object'
import { isChanged } from '../state/draft-object'
import type { ReadObject } from '../state/read-objects'
import { OwnerLine } from './owner-line'

type Props = {
  objects: readonly DraftObject[]
  active: string | null
  read: (object: DraftObject) => ReadObject
  onChoose: (id: string) => void
  onLeaveOut: (id: string) => void
  onAdd: () => void
  /** What is known of the shown object in the cluster; null: it is new. */
  record: PolicyRecord | null
}

/** The objects of a draft; several are a plan. */
export function ObjectTabs({ objects, active, read, onChoose, onLeaveOut, onAdd, record }: Props) {
  return (
    <div className="flex shrink-0 items-center gap-1 overflow-x-auto border-b border-line px-3 py-1">
      <ul aria-label="Objects of this draft" className="flex items-center gap-1">
        {objects.map((object) => {
          const name = tabName(object, read(object))
          const state = tabState(object)
          return (
            <li
              key={object.id}
              className={`flex items-center rounded-md ${object.id === active ? 'bg-hover text-fg' : 'text-fg-2'}`}
            >
              <button
                type="button"
                aria-current={object.id === active}
                onClick={() => onChoose(object.id)}
                className="h-7 max-w-72 truncate rounded-md px-2 text-xs hover:text-fg"
              >
                <span className={object.deleted ? 'line-through' : ''}>{name}</span>
                <span className="ml-1.5 text-fg-3">{state}</span>
              </button>
              {objects.length > 1 && (
                <IconButton
                  label={`Leave ${name} out of the draft`}
                  className="size-6!"
                  onClick={() => onLeaveOut(object.id)}
                >
                  ×
                </IconButton>
              )}
            </li>
          )
        })}
      </ul>
      <button
        type="button"
        className="h-7 shrink-0 rounded-md px-2 text-xs text-fg-2 hover:bg-hover hover:text-fg"
        onClick={onAdd}
      >
        + object
      </button>
      <span className="ml-auto truncate pl-3 text-xs text-fg-2">
        <OwnerLine record={record} />
      </span>
    </div>
  )
}

/** `NetworkPolicy accounts-postgres`, by its text, else by what it was. */
export function tabName({ base }: Pick<DraftObject, 'base'>, { draft, object }: ReadObject): string {
  const ref = draft.objects[0]?.ref ?? base?.ref
  if (ref) return `${shownKind(ref)} ${ref.name}`
  return typeof object?.kind === 'string' ? `${object.kind} without a name` : 'No object yet'
}

const tabState = (object: DraftObject): string =>
  object.deleted ? 'deleted' : object.base === null ? 'new' : isChanged(object) ? 'changed' : 'as it is'

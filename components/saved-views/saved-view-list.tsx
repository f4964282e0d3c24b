'use client'

import { later } from '../later'
import { DialogFailed } from '../part-failed'
import Link from 'next/link'
import { usePathname, useSearchParams } from 'next/navigation'
import { useMemo, useState } from 'react'
import type { SavedView } from '@/core/links/saved-view'
import type { Command } from '../shell/commands'
import { usePageCommands } from '../shell/page-commands'
import { ActionMenu } from '../ui/action-menu'
import { useAnnounce } from '../ui/announcer'
import { shownPath, useSavedViews, useSpokenChange } from './use-saved-views'
import { audienceWords, isShown, proposedName } from './view-name'

const NameDialog = later(() => import('./name-dialog').then((module) => module.NameDialog), {
  failed: ({ onClose }, retry) => <DialogFailed onRetry={retry} onClose={onClose} />,
})
const DeleteView = later(() => import('./delete-view').then((module) => module.DeleteView), {
  failed: ({ onClose }, retry) => <DialogFailed onRetry={retry} onClose={onClose} />,
})

type Asked = { readonly type: 'save' } | { readonly type: 'rename'; readonly view: SavedView }

/** Named places in the sidebar; the present one can be added. */
export function SavedViewList() {
  const { views, shareWith, change } = useSavedViews()
  const announce = useAnnounce()
  const say = useSpokenChange(change, announce)
  const [asked, setAsked] = useState<Asked | null>(null)
  const [deleting, setDeleting] = useState<SavedView | null>(null)
  usePageCommands(
    'saved views',
    useMemo(
      (): readonly Command[] => [
        {
          id: 'save-view',
          group: 'On this page',
          label: 'Save this view…',
          keywords: ['bookmark', 'name'],
          run: () => setAsked({ type: 'save' }),
        },
      ],
      [],
    ),
  )
  const shareActions = (view: SavedView) =>
    ['', ...shareWith]
      .filter((audience) => audience !== view.sharedWith)
      .map((audience) => ({
        label: audience === '' ? 'Share with nobody' : `Share with ${audienceWords(audience)}`,
        run: () =>
          say(
            { type: 'change', id: view.id, to: { sharedWith: audience } },
            `${view.name} is shared with ${audienceWords(audience)}`,
          ),
      }))
  const copyAction = (view: SavedView) => ({
    label: 'Copy its address',
    run: () =>
      void navigator.clipboard.writeText(location.origin + view.path).then(
        () => announce('Copied'),
        () => announce('Copying failed'),
      ),
  })
  const actions = (view: SavedView) => [
    { label: 'Rename…', run: () => setAsked({ type: 'rename', view }) },
    {
      label: 'Make it what is shown now',
      run: () => say({ type: 'change', id: view.id, to: { path: shownPath() } }, `${view.name} is what is shown now`),
    },
    {
      label: view.pinned ? 'No longer open with it' : 'Open Oriel with it',
      run: () =>
        say(
          { type: 'change', id: view.id, to: { pinned: !view.pinned } },
          view.pinned ? 'Oriel opens with the map' : `Oriel opens with ${view.name}`,
        ),
    },
    ...shareActions(view),
    copyAction(view),
    view.sharedWith === ''
      ? { label: 'Delete', run: () => say({ type: 'delete', id: view.id }, `${view.name} is deleted`) }
      : { label: 'Delete…', run: () => setDeleting(view) },
  ]
  return (
    <section aria-label="Saved views" className="hidden lg:block">
      <div className="flex items-center justify-between pt-3.5 pb-1 pl-2.5 text-2xs text-fg-3">
        Saved views
        <button
          type="button"
          aria-label="Save this view"
          title="Save this view"
          onClick={() => setAsked({ type: 'save' })}
          className="inline-flex size-6 items-center justify-center rounded-md text-sm hover:bg-hover hover:text-fg"
        >
          +
        </button>
      </div>
      {views.length > 0 && (
        <ul className="max-h-60 overflow-y-auto">
          {views.map((view) => (
            <li key={view.id} className="group flex items-center rounded-md has-[a[aria-current]]:bg-hover">
              <ViewLink view={view} />
              <span className="shrink-0 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-[[aria-expanded=true]]:opacity-100">
                <ActionMenu
                  label={`What to do with ${view.name}`}
                  actions={view.mine ? actions(view) : [copyAction(view)]}
                >
                  ⋯
                </ActionMenu>
              </span>
            </li>
          ))}
        </ul>
      )}
      {asked && (
        <NameDialog
          title={asked.type === 'save' ? 'Save this view' : 'Rename the view'}
          button={asked.type === 'save' ? 'Save' : 'Rename'}
          initial={asked.type === 'save' ? proposedName(shownPath()) : asked.view.name}
          onName={(name) =>
            change(
              asked.type === 'save'
                ? { type: 'save', name, path: shownPath() }
                : { type: 'change', id: asked.view.id, to: { name } },
            )
          }
          onClose={() => setAsked(null)}
        />
      )}
      {deleting && (
        <DeleteView
          view={deleting}
          onDelete={async () => {
            await change({ type: 'delete', id: deleting.id })
            announce(`${deleting.name} is deleted`)
          }}
          onClose={() => setDeleting(null)}
        />
      )}
    </section>
  )
}

/** Its name, whose it is where it is another's, and who else finds it. */
function viewTitle({ name, by, mine, sharedWith }: SavedView): string {
  const shared = sharedWith === '' ? '' : `, shared with ${audienceWords(sharedWith)}`
  return mine || by === '' ? `${name}${shared}` : `${name}${shared} by ${by}`
}

function ViewLink({ view }: { view: SavedView }) {
  const search = useSearchParams()
  const shown = isShown(view.path, `${usePathname()}${search.size > 0 ? `?${search}` : ''}`)
  return (
    <Link
      href={view.path}
      title={viewTitle(view)}
      aria-current={shown ? 'true' : undefined}
      className={`flex min-w-0 flex-1 items-center gap-1.5 py-1.5 pl-2.5 ${shown ? 'text-fg' : 'text-fg-2 hover:text-fg'}`}
    >
      <span className="truncate">{view.name}</span>
      {view.pinned && (
        <span className="text-2xs text-fg-3">
          <span aria-hidden="true">⌂</span>
          <span className="sr-only">, Oriel opens with it</span>
        </span>
      )}
    </Link>
  )
}

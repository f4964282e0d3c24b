'use client'

import { Fragment } from 'react'
import { fileNameOf, kubectlLine, patchOf } from '@/core/policy/edit/export-text'
import { policyName } from '@/core/policy/policy-name'
import { Button } from '../../ui/button'
import { CommandBlock, CopyButton } from '../../ui/copy-button'
import { Dialog } from '../../ui/dialog'
import type { DraftObject } from '../state/draft-object'
import { isChanged } from '../state/draft-object'
import type { ReadObject } from '../state/read-objects'
import { download } from '../../share/download'

type Props = {
  objects: readonly DraftObject[]
  read: (object: DraftObject) => ReadObject
  /** Said above: why not to apply, where it is so. */
  why: string | null
  onClose: () => void
}

/** The draft to take along: as YAML, as a patch for a pull request, as a line for a shell. */
export function ExportDialog({ objects, read, why, onClose }: Props) {
  const changed = objects.filter(isChanged)
  const shown = changed.length > 0 ? changed : objects
  const all = shown
    .filter(({ deleted }) => !deleted)
    .map(({ text }) => text.replace(/\n?$/, '\n'))
    .join('---\n')
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Export the draft"
      className="w-[min(860px,calc(100vw-32px))]!"
    >
      <div className="flex min-h-0 flex-col gap-5 overflow-auto p-4">
        {why && <p>{why}</p>}
        {shown.map((object) => {
          const ref = read(object).draft.objects[0]?.ref ?? object.base?.ref
          if (!ref) return null
          const file = fileNameOf(ref)
          const patch = patchOf(file, object.base?.text ?? '', object.deleted ? '' : object.text)
          return (
            <Fragment key={object.id}>
              <section aria-label={policyName(ref)} className="flex flex-col gap-2">
                <h3 className="font-mono text-xs font-semibold">{policyName(ref)}</h3>
                <div className="flex flex-wrap gap-2">
                  {!object.deleted && (
                    <>
                      <Button size="sm" onClick={() => download(file, object.text)}>
                        Download {file}
                      </Button>
                      <CopyButton text={object.text} label="Copy YAML" />
                    </>
                  )}
                  <Button size="sm" onClick={() => download(file.replace(/\.ya?ml$/, '.patch'), patch)}>
                    Download patch
                  </Button>
                  <CopyButton text={patch} label="Copy patch" />
                </div>
                <div className="max-h-52 overflow-auto">
                  <CommandBlock
                    command={
                      object.deleted
                        ? `kubectl delete ${ref.kind.toLowerCase()}${ref.group ? `.${ref.group}` : ''} ${ref.name}${ref.namespace === null ? '' : ` --namespace ${ref.namespace}`}`
                        : kubectlLine(object.text, 'oriel')
                    }
                  />
                </div>
              </section>
            </Fragment>
          )
        })}
      </div>
      <div className="flex justify-end gap-2 border-t border-line px-4 py-3">
        {shown.length > 1 && <Button onClick={() => download('policies.yaml', all)}>Download all as one file</Button>}
        <Button onClick={onClose}>Close</Button>
      </div>
    </Dialog>
  )
}

'use client'

import { later } from '../later'
import { DialogFailed } from '../part-failed'
import { useCallback, useState } from 'react'
import { useShortcut } from '../shell/use-shortcuts'
import { useAnnounce } from '../ui/announcer'
import { Button } from '../ui/button'
import { placeNow } from './place-now'

// Loaded when first opened.
const ShareDialog = later(() => import('./share-dialog').then((module) => module.ShareDialog), {
  failed: ({ open, onOpenChange }, retry) =>
    open && <DialogFailed onRetry={retry} onClose={() => onOpenChange(false)} />,
})

type Props = { title: string; asOf: number | null; timeless: boolean }

/** Opens the dialog that shares the page; one key copies its address without. */
export function ShareButton(props: Props) {
  const [open, setOpen] = useState(false)
  const [opened, setOpened] = useState(false)
  const [copied, setCopied] = useState(false)
  const announce = useAnnounce()
  const show = useCallback(() => {
    setOpened(true)
    setOpen(true)
  }, [])
  const copy = useCallback(async () => {
    try {
      await navigator.clipboard.writeText(location.origin + placeNow(null))
      setCopied(true)
      announce('The address of this view is copied')
      setTimeout(() => setCopied(false), 1_500)
    } catch {
      announce('Copying failed; the address is in the address bar')
    }
  }, [announce])
  useShortcut('share', show)
  useShortcut(
    'share.copy',
    useCallback(() => void copy(), [copy]),
  )
  return (
    <>
      <Button onClick={show} aria-haspopup="dialog" className="min-w-[62px]">
        {copied ? 'Copied' : 'Share'}
      </Button>
      {opened && <ShareDialog open={open} onOpenChange={setOpen} {...props} />}
    </>
  )
}

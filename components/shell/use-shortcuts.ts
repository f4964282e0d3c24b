'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { keyName, matchKey } from './shortcuts'

type Handler = () => void

const handlers = new Map<string, Handler[]>()
const storageKey = 'oriel-single-keys'
const settingEvent = 'oriel-single-keys'
const sequenceMs = 1_200

/** Whether single keys do something; WCAG 2.1.4 asks that they can be turned off. */
const singleKeysOn = () => localStorage.getItem(storageKey) !== 'off'

export function setSingleKeys(on: boolean): void {
  if (on) localStorage.removeItem(storageKey)
  else localStorage.setItem(storageKey, 'off')
  dispatchEvent(new Event(settingEvent))
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(
    (changed) => {
      addEventListener(settingEvent, changed)
      addEventListener('storage', changed)
      return () => {
        removeEventListener(settingEvent, changed)
        removeEventListener('storage', changed)
      }
    },
    singleKeysOn,
    () => true,
  )
}

/** Answers a shortcut of the table while mounted; the newest wins. */
export function useShortcut(id: string, handler: Handler | null): void {
  useEffect(() => {
    if (!handler) return undefined
    const stack = handlers.get(id) ?? []
    stack.push(handler)
    handlers.set(id, stack)
    return () => {
      stack.splice(stack.indexOf(handler), 1)
    }
  }, [id, handler])
}

/** Does what a shortcut does, where a widget takes its key; false where nobody answers it. */
export function runShortcut(id: string): boolean {
  const handler = handlers.get(id)?.at(-1)
  handler?.()
  return handler !== undefined
}

/** Where keys are text, or move within a widget, they are not shortcuts. */
function takesKeys(target: EventTarget | null, key: string): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.closest('[role=dialog],[popover],[role=listbox]')) return true
  const moves = target instanceof HTMLInputElement && /^(radio|checkbox)$/.test(target.type)
  if (moves) return key === ' '
  if (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) return key !== 'Escape'
  return key === ' ' && target.closest('button,a,[role=button],summary,[tabindex]') !== null
}

/** Listens for shortcuts. Mounted once, by the shell. */
export function useShortcutListener(): void {
  useEffect(() => {
    let prefix = ''
    let pressedAt = 0
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
      if (takesKeys(event.target, event.key) || (event.key !== 'Escape' && !singleKeysOn())) return
      const match = matchKey(Date.now() - pressedAt < sequenceMs ? prefix : '', keyName(event.key))
      prefix = match !== null && 'prefix' in match ? match.prefix : ''
      pressedAt = Date.now()
      if (match === null || !('id' in match)) return
      const handler = handlers.get(match.id)?.at(-1)
      if (!handler) return
      event.preventDefault()
      handler()
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}

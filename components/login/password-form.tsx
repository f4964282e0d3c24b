'use client'

import { useEffect, useRef, useState } from 'react'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Input } from '../ui/input'

type Props = {
  /** Path to go to afterwards. */
  to: string
  label: string
  /** Not seen where local logins are off; a link of oriel login-link is taken all the same. */
  hidden: boolean
}

/**
 * The local administrator's password. A code behind # in the address is sent at once and leaves the address and the
 * history: what follows # has gone to no server.
 */
export function PasswordForm({ to, label, hidden }: Props) {
  const form = useRef<HTMLFormElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const by = useRef<HTMLInputElement>(null)
  const [sending, setSending] = useState(false)
  useEffect(() => {
    const code = location.hash.slice(1)
    if (code === '' || !input.current || !by.current) return
    history.replaceState(null, '', `${location.pathname}${location.search}`)
    input.current.value = code
    by.current.value = 'link'
    form.current?.requestSubmit()
  }, [])
  return (
    <>
      <form
        ref={form}
        method="post"
        action="/login/local"
        hidden={hidden}
        onSubmit={() => setSending(true)}
        className="flex flex-col gap-3"
      >
        <input type="hidden" name="to" value={to} />
        <input ref={by} type="hidden" name="by" defaultValue="form" />
        <Field label={label}>
          {(id) => (
            <Input
              ref={input}
              id={id}
              name="secret"
              type="password"
              required
              maxLength={1_000}
              autoComplete="current-password"
              className="min-h-9"
            />
          )}
        </Field>
        <Button type="submit" className="min-h-9" aria-busy={sending}>
          Log in
        </Button>
      </form>
      {sending && <output className="text-xs text-fg-2">Logging in …</output>}
    </>
  )
}

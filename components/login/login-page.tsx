import type { ReactNode } from 'react'
import { type LoginProblem, loginProblems, shownProblem } from '@/core/access/login-problem'
import { Logo } from '../shell/logo'
import { StatusMark } from '../status-mark'
import { buttonClass } from '../ui/button'
import { LogOutButton } from './log-out-button'
import { PasswordForm } from './password-form'

export type LoginChoices = {
  readonly providers: readonly { readonly id: string; readonly title: string }[]
  /** How the local administrator logs in; null: not at all. */
  readonly local: 'code' | 'password' | null
  /** Whether this is the machine that Oriel runs on. */
  readonly isHere: boolean
  /** Whether what is sent can be read on its way. */
  readonly isOpen: boolean
  /** Who is logged in already. */
  readonly who: { readonly name: string; readonly hasRole: boolean } | null
}

type Props = LoginChoices & { readonly problem: LoginProblem | null; readonly to: string }

/** The ways to log in, and what became of the last attempt. */
export function LoginPage({ problem, to, ...choices }: Props) {
  const { who, isOpen } = choices
  const shown = shownProblem(problem, who)
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[22rem] flex-col justify-center gap-6 px-4 py-12">
      <div className="flex items-center gap-2 text-lg font-semibold tracking-tight">
        <Logo />
        Oriel
      </div>
      <div>
        <h1 className="text-2xl font-semibold tracking-tight">{who ? 'You are logged in' : 'Log in'}</h1>
        <p className="mt-1 text-fg-2">{who ? `As ${who.name}.` : 'What talks to what, and whether it is well.'}</p>
      </div>
      {shown && (
        <Notice label="Problem with the login">
          <p role="alert">{loginProblems[shown]}</p>
        </Notice>
      )}
      {isOpen && (
        <Notice label="Not encrypted">
          <p>This connection is not encrypted. Others on its way can read what you send.</p>
        </Notice>
      )}
      {who ? <LoggedIn to={to} /> : <Ways {...choices} to={to} />}
      {/* A link with a code is taken whatever else is shown. */}
      {(who || choices.local === null) && <PasswordForm to={to} label="Password" hidden />}
    </main>
  )
}

const Notice = ({ label, children }: { label: string; children: ReactNode }) => (
  <div className="flex gap-2.5 rounded-lg border border-line bg-panel px-3 py-2.5">
    <span className="mt-0.5">
      <StatusMark status="warn" label={label} />
    </span>
    <div className="min-w-0 flex-1">{children}</div>
  </div>
)

const LoggedIn = ({ to }: { to: string }) => (
  <div className="flex flex-col gap-2">
    {/* A whole load: what the console keeps in memory is of who was logged in before. */}
    <a href={to} className={`${buttonClass('primary')} min-h-9`}>
      Open Oriel
    </a>
    <LogOutButton />
  </div>
)

function Ways({ providers, local, isHere, to }: LoginChoices & { to: string }) {
  const form = local && (
    <PasswordForm to={to} label={local === 'code' ? 'One-time password' : 'Password'} hidden={false} />
  )
  return (
    <>
      {providers.length > 0 && (
        <ul className="flex flex-col gap-2" aria-label="Ways to log in">
          {providers.map(({ id, title }) => (
            <li key={id} className="flex">
              <a
                href={`/login/begin/${encodeURIComponent(id)}?to=${encodeURIComponent(to)}`}
                className={`${buttonClass(providers.length === 1 ? 'primary' : 'plain')} h-auto! min-h-9 min-w-0 flex-1 whitespace-normal! py-1.5 text-center wrap-anywhere`}
              >
                Continue with {title}
              </a>
            </li>
          ))}
        </ul>
      )}
      {form && providers.length > 0 ? (
        <details className="border-t border-line pt-4">
          <summary className="text-fg-2 hover:text-fg">Log in as the local administrator</summary>
          <div className="mt-3 flex flex-col gap-3">
            {form}
            <Hint local={local} isHere={isHere} />
          </div>
        </details>
      ) : form ? (
        <div className="flex flex-col gap-3">
          <Hint local={local} isHere={isHere} />
          {form}
        </div>
      ) : (
        providers.length === 0 && <p>Nobody can log in: no provider is configured.</p>
      )}
    </>
  )
}

const Hint = ({ local, isHere }: { local: LoginChoices['local']; isHere: boolean }) => (
  <p className="text-fg-2">
    {local === 'password' ? (
      'The local administrator’s password is in the Secret that who runs Oriel made.'
    ) : (
      <>
        {isHere
          ? 'Open the link that Oriel printed when it started, or get another one with '
          : 'Who runs Oriel gets one with '}
        <code className="rounded-sm bg-hover px-1 py-px font-mono text-xs whitespace-nowrap">oriel login-link</code>.
      </>
    )}
  </p>
)

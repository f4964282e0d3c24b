import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { LoginPage } from '@/components/login/login-page'
import { isLoginProblem } from '@/core/access/login-problem'
import { returnPath } from '@/core/access/return-path'
import { loginChoices } from '@/server/login/choices'

// The form says where it comes from (server/login/forms.ts); nothing else learns the address.
export const metadata: Metadata = { title: 'Log in', referrer: 'same-origin', robots: { index: false, follow: false } }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function Page({ searchParams }: Props) {
  const [{ to, problem }, head] = await Promise.all([searchParams, headers()])
  return (
    <LoginPage
      {...await loginChoices(head)}
      problem={typeof problem === 'string' && isLoginProblem(problem) ? problem : null}
      to={returnPath(typeof to === 'string' ? to : null)}
    />
  )
}

import { route } from '@/server/http'
import { policyConfirmationView } from '@/server/views/policy-confirmation'

export const GET = route(policyConfirmationView)

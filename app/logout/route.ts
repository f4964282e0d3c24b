import { logoutRoute } from '@/server/login/logout'

export const POST = logoutRoute

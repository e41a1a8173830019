import { NotFound } from "../shell/not-found";

export { NotFound as Component };

import { useParams } from "react-router";
import { AccountFrame } from "@/features/account/components/account-frame";
import { AccountOrder } from "@/features/orders/components/account-order";

export function Component() {
  const { id = "" } = useParams();
  return <AccountFrame>{() => <AccountOrder id={id} />}</AccountFrame>;
}

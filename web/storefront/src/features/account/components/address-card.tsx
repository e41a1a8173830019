import type { SavedAddress } from "@xpressbuy/client/shopper-types";
import { countryName } from "@xpressbuy/kit/countries";
import { addressLines } from "@xpressbuy/kit/postal-address";
import { Badge } from "@xpressbuy/ui/badge";
import { Button } from "@xpressbuy/ui/button";
import { useLocaleTag } from "@xpressbuy/ui/locale";
import { useShopperMessages } from "@xpressbuy/ui/shopper-messages";

interface AddressCardProps {
  address: SavedAddress;
  defaultBusy: boolean;
  onEdit: () => void;
  onRemove: () => void;
  onMakeDefault: () => void;
}

export function AddressCard({ address, defaultBusy, onEdit, onRemove, onMakeDefault }: AddressCardProps) {
  const { account } = useShopperMessages();
  const words = account.address;
  return (
    <div className="flex h-full flex-col rounded-lg border border-line bg-raised p-5">
      <div className="flex items-start justify-between gap-3">
        <p className="font-strong">{address.name}</p>
        {address.is_default && <Badge tone="ink">{words.isDefault}</Badge>}
      </div>
      <AddressText address={address} />
      <div className="-mx-4 mt-auto -mb-2 flex flex-wrap gap-x-1 pt-3">
        <Button
          kind="quiet"
          aria-label={words.editNamed(address.name, address.line1)}
          onClick={onEdit}
        >
          {words.edit}
        </Button>
        <Button
          kind="quiet"
          aria-label={words.removeNamed(address.name, address.line1)}
          onClick={onRemove}
        >
          {words.remove}
        </Button>
        {!address.is_default && (
          <Button
            kind="quiet"
              busy={defaultBusy}
            aria-label={words.makeDefaultNamed(address.name, address.line1)}
            onClick={onMakeDefault}
          >
            {words.makeDefault}
          </Button>
        )}
      </div>
    </div>
  );
}

export function AddressText({ address }: { address: SavedAddress }) {
  const tag = useLocaleTag();
  const lines = [...addressLines(address), countryName(address.country, tag), address.phone ?? ""].filter(Boolean);
  return (
    <address className="mt-1 text-sm text-muted not-italic">
      {lines.map((line) => (
        <span key={line} className="block">
          {line}
        </span>
      ))}
    </address>
  );
}

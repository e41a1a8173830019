import { cx } from "./class-names";

export interface PictureImage {
  readonly src: string;
  readonly srcset: string;
  readonly sources?: readonly { readonly type: string; readonly srcset: string }[];
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  readonly placeholder: string;
}

interface PictureProps {
  image: PictureImage;
  /** How wide it is shown, for the browser to choose a file: "(min-width: 64rem) 25vw, 50vw". */
  sizes: string;
  /** One of the first pictures on the page: fetched at once instead of when it comes near. */
  eager?: boolean;
  /** The picture only repeats what the text beside it says. */
  decorative?: boolean;
  className?: string;
  /** The name under which a view transition carries it from one page to the next. */
  transitionName?: string | undefined;
}

export function Picture({ image, sizes, eager = false, decorative = false, className, transitionName }: PictureProps) {
  return (
    <picture
      className={cx("block overflow-hidden", className)}
      style={{ backgroundColor: image.placeholder, viewTransitionName: transitionName }}
    >
      {image.sources?.map((source) => (
        <source key={source.type} type={source.type} srcSet={source.srcset} sizes={sizes} />
      ))}
      <img
        src={image.src}
        srcSet={image.srcset || undefined}
        sizes={sizes}
        width={image.width}
        height={image.height}
        alt={decorative ? "" : image.alt}
        loading={eager ? "eager" : "lazy"}
        fetchPriority={eager ? "high" : "auto"}
        decoding={eager ? "sync" : "async"}
        className="block h-full w-full object-cover"
      />
    </picture>
  );
}

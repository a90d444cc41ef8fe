import "react";

// Custom properties go through React's style and so by the CSSOM, which the content security policy allows.
declare module "react" {
  interface CSSProperties {
    [property: `--${string}`]: string | number | undefined;
  }
}

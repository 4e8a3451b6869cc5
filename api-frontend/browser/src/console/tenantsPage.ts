import { el } from "../shared/dom";
import { part, type Tenant } from "./api";
import type { Page } from "./main";
import { faultOf, field, judge, table, when } from "./parts";
import type { Session } from "./session";

const shown = 100;

/** All tenants, and a form for another. */
export async function tenantsPage({ api }: Session): Promise<Page> {
  const { total, tenants } = await api.get<{ total: number; tenants: Tenant[] }>(`/tenants?limit=${shown}`);
  const id = el("input", { required: true, maxlength: "64", pattern: "[A-Za-z0-9_\\-]{1,64}", autocomplete: "off" });
  const name = el("input", { maxlength: "200", autocomplete: "off" });
  const wrong = el("div");
  id.addEventListener("input", () => judge(id, id.value === "" || id.validity.valid ? "" : "Letters, digits, hyphens and underscores alone."));
  const form = el(
    "form",
    { class: "card form", novalidate: true },
    el("h2", {}, "New tenant"),
    field("Id", id, "Stands in every address; it cannot be changed."),
    field("Name", name, "For people."),
    wrong,
    el("button", { class: "primary" }, "Create tenant"),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await api.send("POST", "/tenants", { tenant_id: id.value, ...(name.value === "" ? {} : { name: name.value }) });
      location.hash = `#/tenants/${part(id.value)}`;
    } catch (error) {
      wrong.replaceChildren(faultOf(error));
    }
  });
  const rows = tenants.map((tenant) => [
    el("a", { href: `#/tenants/${part(tenant.tenant_id)}` }, tenant.name || tenant.tenant_id),
    tenant.tenant_id,
    tenant.plan,
    when(tenant.created_at),
  ]);
  return {
    title: "Tenants",
    content: el(
      "div",
      { class: "page" },
      el("h1", {}, "Tenants"),
      el("div", { class: "split" }, el("section", { class: "card" }, table(total > shown ? `The first ${shown} of ${total}` : "All tenants", ["Name", "Id", "Plan", "Since"], rows, "There is no tenant yet. Make the first one here.")), form),
    ),
  };
}

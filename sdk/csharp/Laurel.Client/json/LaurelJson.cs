using System.Globalization;
using System.Text;

namespace Laurel.Client;

/// <summary>
/// A JSON value: what players' entries carry as metadata. Small and without reflection, so that it works where code is compiled ahead of
/// time. Immutable; numbers keep the spelling they came in.
/// </summary>
public sealed class LaurelJson
{
    /// <summary><c>null</c></summary>
    public static readonly LaurelJson Null = new(LaurelJsonKind.Null, "null");

    private static readonly LaurelJson[] NoItems = [];
    private static readonly KeyValuePair<string, LaurelJson>[] NoMembers = [];

    private readonly string _text;

    internal LaurelJson(LaurelJsonKind kind, string text) => (Kind, _text) = (kind, text);

    internal LaurelJson(IReadOnlyList<LaurelJson> items) : this(LaurelJsonKind.Array, "") => Items = items;

    internal LaurelJson(IReadOnlyList<KeyValuePair<string, LaurelJson>> members) : this(LaurelJsonKind.Object, "") => Members = members;

    /// <summary>What it is.</summary>
    public LaurelJsonKind Kind { get; }

    /// <summary>The values of an array; empty for anything else.</summary>
    public IReadOnlyList<LaurelJson> Items { get; } = NoItems;

    /// <summary>The members of an object in their order; empty for anything else.</summary>
    public IReadOnlyList<KeyValuePair<string, LaurelJson>> Members { get; } = NoMembers;

    /// <summary>An object's member of that name, the last where there are several; null when there is none. Looks through all members.</summary>
    public LaurelJson? this[string name]
    {
        get
        {
            for (var i = Members.Count - 1; i >= 0; i--)
            {
                if (Members[i].Key == name)
                    return Members[i].Value;
            }

            return null;
        }
    }

    /// <summary>A text's characters; null for anything else.</summary>
    public string? AsText => Kind == LaurelJsonKind.Text ? _text : null;

    /// <summary>A number; null for anything else.</summary>
    public double? AsNumber => Kind == LaurelJsonKind.Number ? double.Parse(_text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

    /// <summary><c>true</c> or <c>false</c>; null for anything else.</summary>
    public bool? AsBoolean => Kind == LaurelJsonKind.Boolean ? _text == "true" : null;

    /// <summary>A text.</summary>
    public static implicit operator LaurelJson(string text) => Of(text);

    /// <summary>A number.</summary>
    public static implicit operator LaurelJson(double number) => Of(number);

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static implicit operator LaurelJson(bool value) => Of(value);

    /// <summary>A text.</summary>
    public static LaurelJson Of(string text) => text is null ? Null : new(LaurelJsonKind.Text, text);

    /// <summary>A number.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public static LaurelJson Of(double number) => double.IsNaN(number) || double.IsInfinity(number)
        ? throw new ArgumentException("JSON has finite numbers alone.", nameof(number))
        : new(LaurelJsonKind.Number, number.ToString("R", CultureInfo.InvariantCulture));

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static LaurelJson Of(bool value) => new(LaurelJsonKind.Boolean, value ? "true" : "false");

    /// <summary>An array.</summary>
    public static LaurelJson Array(params LaurelJson[] items) => new((LaurelJson[])items.Clone());

    /// <summary>An object.</summary>
    public static LaurelJson Object(params (string Name, LaurelJson Value)[] members)
    {
        var list = new KeyValuePair<string, LaurelJson>[members.Length];
        for (var i = 0; i < list.Length; i++)
            list[i] = new(members[i].Name, members[i].Value ?? Null);
        return new(list);
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is no JSON, or nested more than 64 times.</exception>
    public static LaurelJson Parse(string text) => new JsonReader(text ?? throw new ArgumentNullException(nameof(text))).ReadDocument();

    /// <summary>The JSON text, without white space.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        WriteTo(text);
        return text.ToString();
    }

    internal void WriteTo(StringBuilder text)
    {
        switch (Kind)
        {
            case LaurelJsonKind.Text:
                JsonText.Write(text, _text);
                break;
            case LaurelJsonKind.Array:
                var separator = '[';
                foreach (var item in Items)
                {
                    text.Append(separator);
                    item.WriteTo(text);
                    separator = ',';
                }

                text.Append(Items.Count == 0 ? "[]" : "]");
                break;
            case LaurelJsonKind.Object:
                separator = '{';
                foreach (var member in Members)
                {
                    JsonText.Write(text.Append(separator), member.Key);
                    member.Value.WriteTo(text.Append(':'));
                    separator = ',';
                }

                text.Append(Members.Count == 0 ? "{}" : "}");
                break;
            default:
                text.Append(_text);
                break;
        }
    }
}

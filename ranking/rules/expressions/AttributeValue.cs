namespace Laurel.Ranking;

/// <summary>One attribute's value. The text lies in the event's own memory.</summary>
public readonly ref struct AttributeValue
{
    private AttributeValue(AttributeKind kind, double number, ReadOnlySpan<byte> text)
    {
        Kind = kind;
        Number = number;
        Text = text;
    }

    /// <summary>What it is.</summary>
    public AttributeKind Kind { get; }

    /// <summary>Of a number; 1 for true and 0 for false.</summary>
    public double Number { get; }

    /// <summary>Of a text, in UTF-8.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>Whether it is a number, a boolean or text.</summary>
    public bool IsScalar => Kind is AttributeKind.Number or AttributeKind.Boolean or AttributeKind.Text;

    /// <summary>A value that is an object or an array.</summary>
    public static AttributeValue Other => new(AttributeKind.Other, 0, default);

    /// <summary>A number.</summary>
    public static AttributeValue Of(double number) => new(AttributeKind.Number, number, default);

    /// <summary>True or false.</summary>
    public static AttributeValue Of(bool truth) => new(AttributeKind.Boolean, truth ? 1 : 0, default);

    /// <summary>Text in UTF-8.</summary>
    public static AttributeValue Of(ReadOnlySpan<byte> text) => new(AttributeKind.Text, 0, text);

    /// <summary>Whether both are of the same kind and say the same. Texts compare by their bytes.</summary>
    public bool Says(AttributeValue other) =>
        Kind == other.Kind && (Kind == AttributeKind.Text ? Text.SequenceEqual(other.Text) : Number == other.Number);
}

using System.Text;

namespace Laurel.Ranking;

/// <summary>What a filter compares with: a number, a boolean, or text.</summary>
public readonly struct FilterOperand
{
    private readonly AttributeKind _kind;
    private readonly byte[]? _text;

    private FilterOperand(AttributeKind kind, double number, byte[]? text) => (_kind, Number, _text) = (kind, number, text);

    /// <summary>Of a number; 1 for true and 0 for false.</summary>
    public double Number { get; }

    /// <summary>A number.</summary>
    public static FilterOperand Of(double number) => new(AttributeKind.Number, number, null);

    /// <summary>True or false.</summary>
    public static FilterOperand Of(bool truth) => new(AttributeKind.Boolean, truth ? 1 : 0, null);

    /// <summary>Text.</summary>
    public static FilterOperand Of(string text) => new(AttributeKind.Text, 0, Encoding.UTF8.GetBytes(text));

    /// <summary>Whether it is that number or boolean.</summary>
    public bool Is(AttributeKind kind, double number) => _kind == kind && Number == number;

    /// <summary>Whether it is that text, byte for byte.</summary>
    public bool Is(ReadOnlySpan<byte> text) => _kind == AttributeKind.Text && text.SequenceEqual(_text);
}

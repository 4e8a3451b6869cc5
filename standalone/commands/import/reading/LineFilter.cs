namespace Laurel.Standalone.Commands;

/// <summary>Keeps the lines in which a column has a value, or has not.</summary>
/// <param name="Column">Its name.</param>
/// <param name="Value">Compared character by character.</param>
/// <param name="Equal">Whether it must be this value; otherwise it must not.</param>
internal sealed record LineFilter(string Column, string Value, bool Equal)
{
    /// <summary>Reads <c>column=value</c> or <c>column!=value</c>; null for any other text.</summary>
    public static LineFilter? Parse(string text)
    {
        var sign = text.IndexOf('=', StringComparison.Ordinal);
        var equal = sign < 1 || text[sign - 1] != '!';
        var end = equal ? sign : sign - 1;
        return end > 0 ? new(text[..end], text[(sign + 1)..], equal) : null;
    }

    /// <summary>Whether a line with this value is kept.</summary>
    public bool Keeps(string value) => value == Value == Equal;

    /// <inheritdoc/>
    public override string ToString() => $"{Column}{(Equal ? "=" : "!=")}{Value}";
}

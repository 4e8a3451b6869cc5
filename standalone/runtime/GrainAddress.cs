using System.Runtime.CompilerServices;

namespace Laurel.Standalone;

/// <summary>Names one grain in the process.</summary>
/// <param name="Kind">Its plain interface.</param>
/// <param name="Key">Its key.</param>
internal readonly record struct GrainAddress(Type Kind, string Key)
{
    /// <inheritdoc/>
    public bool Equals(GrainAddress other) => ReferenceEquals(Kind, other.Kind) && Key == other.Key;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Kind), Key.GetHashCode());

    /// <inheritdoc/>
    public override string ToString() => $"{Kind.Name} {Key}";
}

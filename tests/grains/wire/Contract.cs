using System.Reflection;
using System.Text.Json;
using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests.WireFormat;

/// <summary>What the grains' interfaces promise, found by reflection.</summary>
internal static class Contract
{
    /// <summary>Every grain's interface.</summary>
    public static IReadOnlyList<Type> Interfaces { get; } =
    [
        .. typeof(IGrain).Assembly.GetExportedTypes()
            .Where(static type => type.IsInterface && type != typeof(IGrain) && type.IsAssignableTo(typeof(IGrain)))
            .OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>Every method of them.</summary>
    public static IReadOnlyList<MethodInfo> Methods { get; } = [.. Interfaces.SelectMany(static type => type.GetMethods())];

    /// <summary>Every request and response record, and what the feed carries.</summary>
    public static IReadOnlyList<Type> Messages { get; } =
    [
        .. Methods.SelectMany(static method => method.GetParameters().Select(static parameter => parameter.ParameterType).Append(ResponseOf(method)))
            .Where(static type => type != typeof(CancellationToken))
            .Append(typeof(SeasonNews))
            .Distinct()
            .OrderBy(static type => type.Name, StringComparer.Ordinal),
    ];

    /// <summary>What the method's task gives.</summary>
    public static Type ResponseOf(MethodInfo method) =>
        method.ReturnType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Task<>)
            ? type.GenericTypeArguments[0]
            : throw new InvalidOperationException($"{method.DeclaringType!.Name}.{method.Name} returns no Task<T>.");

    /// <summary>The properties that travel.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type record) =>
        record.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(static property => property.GetIndexParameters().Length == 0 && property.SetMethod is not null)
            .OrderBy(static property => property.Name, StringComparer.Ordinal);

    /// <summary>Every method, record property and enum member as a line that must stay.</summary>
    public static IEnumerable<string> Lines()
    {
        foreach (var method in Methods.OrderBy(static method => $"{method.DeclaringType!.Name}.{method.Name}", StringComparer.Ordinal))
            yield return $"{method.DeclaringType!.Name}.{method.Name}({string.Join(", ", method.GetParameters().Select(static p => NameOf(p.ParameterType)))}) -> {NameOf(ResponseOf(method))}";

        foreach (var record in Closure(Messages).OrderBy(static type => type.Name, StringComparer.Ordinal))
        {
            if (record.IsEnum)
            {
                foreach (var name in Enum.GetNames(record))
                    yield return $"{record.Name}.{name} = {Convert.ToInt32(Enum.Parse(record, name), System.Globalization.CultureInfo.InvariantCulture)}";
                continue;
            }

            yield return record.Name;
            foreach (var property in PropertiesOf(record))
                yield return $"{record.Name}.{property.Name}: {NameOf(property.PropertyType)}";
        }
    }

    /// <summary>A type's name as C# writes it; those outside the contract with their namespace.</summary>
    public static string NameOf(Type type)
    {
        if (type.IsArray) return $"{NameOf(type.GetElementType()!)}[]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return $"{NameOf(inner)}?";
        if (type.IsGenericType) return $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GenericTypeArguments.Select(NameOf))}>";
        return type.Namespace == typeof(IGrain).Namespace ? type.Name : $"{type.Namespace}.{type.Name}";
    }

    /// <summary>The types of the contract that these lead to.</summary>
    private static HashSet<Type> Closure(IEnumerable<Type> roots)
    {
        HashSet<Type> found = [];
        Stack<Type> open = new(roots);
        while (open.TryPop(out var type))
        {
            if (Nullable.GetUnderlyingType(type) is { } inner) type = inner;
            if (type.IsArray) type = type.GetElementType()!;
            foreach (var argument in type.GenericTypeArguments)
                open.Push(argument);
            if (type.Namespace != typeof(IGrain).Namespace || type == typeof(JsonElement) || !found.Add(type) || type.IsEnum) continue;
            foreach (var property in PropertiesOf(type))
                open.Push(property.PropertyType);
        }

        return found;
    }
}
